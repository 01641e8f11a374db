package io.latchkey.auth.session;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Sessions after their end.
 *
 * @param keep how long they can still be read; 1 h to 366 days
 */
@Validated
@ConfigurationProperties("latchkey.session")
public record SessionProperties(
        @DefaultValue("30d") @DurationMin(hours = 1) @DurationMax(days = 366) Duration keep) {}
