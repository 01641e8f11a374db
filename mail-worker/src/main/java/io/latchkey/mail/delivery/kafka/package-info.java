/** Orders in from Kafka, and out to it whatever became of them. */
@NullMarked
package io.latchkey.mail.delivery.kafka;

import org.jspecify.annotations.NullMarked;
