package io.latchkey.auth.outbox;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The way from the outbox to Kafka.
 *
 * @param queue events that wait for the producer at once; what does not fit stays in the table for
 *     the sweeper; 100 to 100000
 * @param sweep rows that the sweeper takes over at once; 1 to 10000
 */
@Validated
@ConfigurationProperties("latchkey.outbox")
public record OutboxProperties(
        @DefaultValue("10000") @Min(100) @Max(100_000) int queue,
        @DefaultValue("500") @Min(1) @Max(10_000) int sweep) {}
