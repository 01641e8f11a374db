/** Dead letters on their compacted topic. */
@NullMarked
package io.latchkey.mail.deadletter.kafka;

import org.jspecify.annotations.NullMarked;
