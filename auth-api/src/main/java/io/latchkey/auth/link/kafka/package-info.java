/** What became of the mails, as the mail workers tell it. */
@NullMarked
package io.latchkey.auth.link.kafka;

import org.jspecify.annotations.NullMarked;
