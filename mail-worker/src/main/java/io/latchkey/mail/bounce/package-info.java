/** What comes back to the mailbox that our mails name as their sender. */
@NullMarked
package io.latchkey.mail.bounce;

import org.jspecify.annotations.NullMarked;
