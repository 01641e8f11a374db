/** The way from the outbox to Kafka. */
@NullMarked
package io.latchkey.auth.outbox.kafka;

import org.jspecify.annotations.NullMarked;
