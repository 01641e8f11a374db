package io.latchkey.mail.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.events.FailureClass;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
    private final RetrySchedule schedule = new RetrySchedule(without(0));

    private static RandomGenerator without(double jitter) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new UnsupportedOperationException();
            }

            @Override
            public double nextDouble() {
                return jitter;
            }
        };
    }

    private Optional<Duration> wait(int attempts, Duration remaining) {
        return schedule.next(attempts, FailureClass.TRANSIENT, NOW, NOW.plus(remaining))
                .map(retry -> Duration.between(NOW, retry.dueAt()));
    }

    @Test
    void waitsGrowToTwoMinutesAndStayThere() {
        assertThat(IntStream.rangeClosed(1, 6).mapToObj(n -> wait(n, Duration.ofHours(1))))
                .extracting(Optional::orElseThrow)
                .containsExactly(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(2));
    }

    @Test
    void whereTheRelayMayHaveTheMailTheFirstWaitIsTheLongest() {
        var retry = schedule.next(1, FailureClass.AMBIGUOUS, NOW, NOW.plus(Duration.ofHours(1)));

        assertThat(retry.orElseThrow().step()).isEqualTo(RetryStep.AFTER_2_MIN);
    }

    @Test
    void theLastWaitsShrinkToWhatFits() {
        assertThat(wait(7, Duration.ofSeconds(119))).contains(Duration.ofSeconds(30));
        assertThat(wait(7, Duration.ofSeconds(29))).contains(Duration.ofSeconds(5));
        assertThat(wait(7, Duration.ofSeconds(5))).isEmpty();
    }

    @Test
    void noAttemptIsPlannedAtOrAfterTheEndOfTheDeliveryTime() {
        assertThat(wait(1, Duration.ofSeconds(1))).isEmpty();
        assertThat(wait(1, Duration.ofMillis(1001))).isPresent();
        assertThat(wait(1, Duration.ofSeconds(-5))).isEmpty();
    }

    @Test
    void jitterAddsUpToAFifth() {
        var late = new RetrySchedule(without(0.999));

        var retry =
                late.next(3, FailureClass.TRANSIENT, NOW, NOW.plus(Duration.ofHours(1)))
                        .orElseThrow();

        assertThat(retry.step()).isEqualTo(RetryStep.AFTER_30_S);
        assertThat(Duration.between(NOW, retry.dueAt()))
                .isBetween(Duration.ofMillis(35_900), Duration.ofSeconds(36));
    }
}
