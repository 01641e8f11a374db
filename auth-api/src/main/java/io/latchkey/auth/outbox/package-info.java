/** Events on their way to Kafka: kept with the change they tell of, published right after. */
@NullMarked
package io.latchkey.auth.outbox;

import org.jspecify.annotations.NullMarked;
