package io.latchkey.mail.delivery.kafka;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How missing topics are made.
 *
 * @param replicationFactor copies of each record; -1 for the broker's default
 */
@ConfigurationProperties("latchkey.kafka")
record TopicProperties(@DefaultValue("-1") short replicationFactor) {}
