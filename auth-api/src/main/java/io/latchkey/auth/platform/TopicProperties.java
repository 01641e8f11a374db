package io.latchkey.auth.platform;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How topics are made that are missing.
 *
 * @param replicationFactor copies of each partition; -1 leaves it to the broker
 */
@ConfigurationProperties("latchkey.kafka")
record TopicProperties(@DefaultValue("-1") short replicationFactor) {}
