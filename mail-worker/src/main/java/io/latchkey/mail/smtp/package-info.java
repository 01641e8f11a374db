/** Hands mails over to a relay through connections that are kept open. */
@NullMarked
package io.latchkey.mail.smtp;

import org.jspecify.annotations.NullMarked;
