package io.latchkey.auth.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateTest {
    @ParameterizedTest
    @CsvSource({"5/15m,5,900", "20/1d,20,86400", "60/5m,60,300", "1/1s,1,1", "6/36h,6,129600"})
    void readsNumberAndPeriod(String text, int burst, long seconds) {
        var rate = Rate.parse(text);

        assertThat(rate).isEqualTo(new Rate(burst, Duration.ofSeconds(seconds)));
        assertThat(rate).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "/15m",
                "5/",
                "5/m",
                "0/15m",
                "05/15m",
                "5/0m",
                "5/15",
                "5/15w",
                "-5/15m",
                "5/15M",
                " 5/15m",
                "5/15m ",
                "5.5/15m",
                "1000001/1m",
                "5/32d",
                "99999999/1s"
            })
    void refusesAnythingElse(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Rate.parse(text));
    }

    @Test
    void limitsOfOneKindAreFew() {
        var many = Collections.nCopies(Limits.MOST + 1, "5/15m");

        assertThatIllegalArgumentException().isThrownBy(() -> Limits.of(many, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> Limits.of(List.of(), many));
    }
}
