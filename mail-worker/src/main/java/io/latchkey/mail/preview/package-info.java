/** Shows on the command line what mails look like. */
@NullMarked
package io.latchkey.mail.preview;

import org.jspecify.annotations.NullMarked;
