package io.latchkey.audit.retention;

import io.latchkey.audit.platform.UnusableSettingException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long events are kept in the database.
 *
 * @param keep since they were signed, at least; 1 day or more; all are kept where it is absent
 * @param archive folder that older ones are written to; needed where {@code keep} is given
 * @param interval between two looks; 1 s to 1 day
 */
@ConfigurationProperties("latchkey.retention")
public record RetentionProperties(
        @Nullable Duration keep, @Nullable Path archive, @DefaultValue("1h") Duration interval) {
    private static final Duration DAY = Duration.ofDays(1);

    public RetentionProperties {
        require(
                keep == null || keep.compareTo(DAY) >= 0,
                "latchkey.retention.keep (LATCHKEY_RETENTION): less than a day (expected: such as"
                        + " 400d)");
        require(
                keep == null || (archive != null && !archive.toString().isEmpty()),
                "latchkey.retention.archive (LATCHKEY_RETENTION_ARCHIVE): missing (expected: a"
                        + " folder)");
        require(
                interval.toSeconds() >= 1 && interval.compareTo(DAY) <= 0,
                "latchkey.retention.interval: " + interval + " (expected: 1 s to 1 day)");
    }

    /** Empty where everything is kept. */
    Optional<Duration> limit() {
        return Optional.ofNullable(keep);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new UnusableSettingException(message);
        }
    }
}
