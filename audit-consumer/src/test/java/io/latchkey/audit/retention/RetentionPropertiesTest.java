package io.latchkey.audit.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RetentionPropertiesTest {
    private static final Path FOLDER = Path.of("archive");

    @Test
    void everythingIsKeptUnlessToldOtherwise() {
        assertThat(properties(null, null).limit()).isEmpty();
        assertThat(properties(null, Path.of("")).limit()).isEmpty();
        assertThat(properties(Duration.ofDays(400), FOLDER).limit()).hasValue(Duration.ofDays(400));
    }

    @Test
    void nothingIsDroppedWithoutAFolder() {
        assertThatThrownBy(() -> properties(Duration.ofDays(1), null))
                .hasMessageContainingAll(
                        "latchkey.retention.archive", "LATCHKEY_RETENTION_ARCHIVE");
        assertThatThrownBy(() -> properties(Duration.ofDays(1), Path.of("")))
                .hasMessageContaining("LATCHKEY_RETENTION_ARCHIVE");
    }

    @Test
    void nothingIsDroppedWithinADay() {
        assertThatThrownBy(() -> properties(Duration.ofHours(23), FOLDER))
                .hasMessageContainingAll("latchkey.retention.keep", "LATCHKEY_RETENTION");
        assertThatThrownBy(() -> properties(Duration.ZERO, FOLDER))
                .hasMessageContaining("LATCHKEY_RETENTION");
    }

    private static RetentionProperties properties(@Nullable Duration keep, @Nullable Path folder) {
        return new RetentionProperties(keep, folder, Duration.ofHours(1));
    }
}
