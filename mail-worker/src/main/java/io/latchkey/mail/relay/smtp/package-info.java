/** Relays that speak SMTP. */
@NullMarked
package io.latchkey.mail.relay.smtp;

import org.jspecify.annotations.NullMarked;
