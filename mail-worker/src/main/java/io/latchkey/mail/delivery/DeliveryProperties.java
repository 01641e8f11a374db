package io.latchkey.mail.delivery;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How orders are worked on.
 *
 * @param concurrency new orders at once in this process, 1 to 500; with {@code retryConcurrency}
 *     and over all workers it must stay below the broker's {@code group.share.max.size}
 * @param retryConcurrency orders at once that are tried again, 1 to 500
 * @param hold after which a held order is looked at again; 1 s to 10 min
 * @param drain how long a stopping worker lets hand-overs under way go on; 0 to 28 s
 */
@Validated
@ConfigurationProperties("latchkey.mail")
public record DeliveryProperties(
        @DefaultValue("64") @Min(1) @Max(500) int concurrency,
        @DefaultValue("16") @Min(1) @Max(500) int retryConcurrency,
        @DefaultValue("15s")
                @DurationMin(seconds = 1)
                @DurationMax(minutes = DeliveryProperties.MOST_HOLD)
                Duration hold,
        @DefaultValue("20s") @DurationMin(seconds = 0) @DurationMax(seconds = 28) Duration drain) {
    /** Minutes. */
    public static final int MOST_HOLD = 10;
}
