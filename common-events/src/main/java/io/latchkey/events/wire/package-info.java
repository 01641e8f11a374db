/** How events look on Kafka: topic names, CloudEvents attributes, JSON. Knows no Kafka client. */
@NullMarked
package io.latchkey.events.wire;

import org.jspecify.annotations.NullMarked;
