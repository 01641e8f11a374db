package io.latchkey.auth.mail;

import io.latchkey.events.AppId;
import io.latchkey.events.MailOverrides;
import org.jspecify.annotations.Nullable;

/**
 * Which mail is wanted.
 *
 * @param locale BCP 47; English where absent
 * @param words in place of the app's and ours
 */
public record MailTry(AppId appId, @Nullable String locale, MailOverrides words) {}
