package io.latchkey.auth.suppression;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Suppressions in general.
 *
 * @param ttl how long an address is not mailed after a hard bounce or a complaint; 1 minute to 366
 *     days
 */
@Validated
@ConfigurationProperties("latchkey.suppression")
public record SuppressionProperties(
        @DefaultValue("7d") @DurationMin(minutes = 1) @DurationMax(days = 366) Duration ttl) {}
