package io.latchkey.auth.mail.web;

import io.latchkey.auth.app.MailRules;
import io.latchkey.auth.mail.MailTry;
import io.latchkey.auth.platform.StrictJson;
import io.latchkey.auth.problem.FieldErrors;
import io.latchkey.auth.problem.Problem;
import io.latchkey.events.AppId;
import io.latchkey.events.EmailAddress;
import io.latchkey.events.MailOverrides;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads which mail is wanted, or says everything that is wrong at once. */
@Component
class MailTryReader {
    /** Stands in while the other fields are checked; never leaves, since there is an error. */
    private static final EmailAddress PLACEHOLDER = EmailAddress.parse("nobody@example.invalid");

    private final StrictJson json;

    MailTryReader(StrictJson json) {
        this.json = json;
    }

    record Addressed(MailTry wished, EmailAddress to) {}

    /**
     * @throws Problem {@code invalid_request} with one entry per field
     */
    MailTry preview(byte[] body) {
        var sent = json.read(body, MailTryBody.class);
        var check = new Check();
        if (sent.email() != null) {
            check.expected("/email", "none: nothing is sent");
        }
        var wished = check.wished(sent);
        check.end();
        return wished;
    }

    /**
     * @throws Problem {@code invalid_request} with one entry per field
     */
    Addressed test(byte[] body) {
        var sent = json.read(body, MailTryBody.class);
        var check = new Check();
        var read = new Addressed(check.wished(sent), check.email(sent.email()));
        check.end();
        return read;
    }

    private static final class Check extends FieldErrors {
        MailTry wished(MailTryBody sent) {
            return new MailTry(appId(sent.clientId()), locale(sent.locale()), words(sent.mail()));
        }

        private AppId appId(@Nullable String text) {
            try {
                return AppId.parse(text == null ? "" : text);
            } catch (IllegalArgumentException e) {
                expected("/client_id", "an app's id, app_…");
                return AppId.next();
            }
        }

        private @Nullable String locale(@Nullable String tag) {
            if (tag == null) {
                return null;
            }
            var locale = MailRules.locale(tag);
            if (locale.isEmpty()) {
                expected("/locale", MailRules.LOCALE_FORM);
            }
            return locale.orElse(null);
        }

        private MailOverrides words(MailTryBody.@Nullable Words sent) {
            if (sent == null) {
                return MailOverrides.NONE;
            }
            var words =
                    new MailOverrides(
                            sent.subject(),
                            sent.headline(),
                            sent.body(),
                            sent.button(),
                            sent.footer());
            addAll(MailRules.errors("/mail", words));
            return words;
        }

        EmailAddress email(@Nullable String text) {
            try {
                return EmailAddress.parse(text == null ? "" : text);
            } catch (IllegalArgumentException e) {
                add("/email", String.valueOf(e.getMessage()));
                return PLACEHOLDER;
            }
        }
    }
}
