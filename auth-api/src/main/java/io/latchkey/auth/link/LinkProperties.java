package io.latchkey.auth.link;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Links in general.
 *
 * @param deliverWithin how long handing over is tried, where the caller does not say; 60 s to 24 h
 * @param keep how long links are remembered after the last possible end of their day; 1 to 90 days
 */
@Validated
@ConfigurationProperties("latchkey.link")
public record LinkProperties(
        @DefaultValue("15m") @DurationMin(seconds = 60) @DurationMax(hours = 24)
                Duration deliverWithin,
        @DefaultValue("7d") @DurationMin(days = 1) @DurationMax(days = 90) Duration keep) {
    /** No link lives longer than a day for its delivery and a day from its hand-over. */
    public static final Duration LONGEST_LIFE = Duration.ofDays(2);
}
