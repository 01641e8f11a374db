/** What an app's mails look like: shown, and sent to try. */
@NullMarked
package io.latchkey.auth.mail;

import org.jspecify.annotations.NullMarked;
