/** Whom mails are handed to: several relays, each of which may be away, slow or full. */
@NullMarked
package io.latchkey.mail.relay;

import org.jspecify.annotations.NullMarked;
