/** Writes events to Kafka. */
@NullMarked
package io.latchkey.audit.publish.kafka;

import org.jspecify.annotations.NullMarked;
