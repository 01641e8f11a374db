/** The mailbox, over IMAP. */
@NullMarked
package io.latchkey.mail.bounce.imap;

import org.jspecify.annotations.NullMarked;
