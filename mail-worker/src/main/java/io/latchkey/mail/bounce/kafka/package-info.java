/** Bounces on their way to Kafka. */
@NullMarked
package io.latchkey.mail.bounce.kafka;

import org.jspecify.annotations.NullMarked;
