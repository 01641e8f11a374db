package io.latchkey.audit.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DrawChartTest {
    private static final Instant NOW = Instant.parse("2026-11-27T12:34:56Z");
    private static final Instant START = ChartRange.HOUR.start(NOW);
    private static final List<Series> SERIES =
            List.of(
                    Series.ofTypes("mailed", "good", "MailSent"),
                    Series.ofTypes("given up", "bad", "MailAbandoned"));

    @ParameterizedTest
    @EnumSource
    void theLastBarHoldsNow(ChartRange range) {
        var last = range.start(NOW).plus(range.step().multipliedBy(range.steps() - 1));

        assertThat(NOW).isBetween(last, last.plus(range.step()).minusNanos(1));
        assertThat(last.getEpochSecond() % range.step().toSeconds()).isZero();
    }

    @Test
    void barsStandOnEachOtherAndTheHighestFillsTheBox() {
        var chart =
                draw(
                        new EventCount(at(0), "MailSent", "success", 3),
                        new EventCount(at(59), "MailSent", "success", 6),
                        new EventCount(at(59), "MailAbandoned", "failure", 6),
                        new EventCount(at(59), "LinkConfirmed", "success", 100));

        assertThat(chart.most()).isEqualTo(12);
        assertThat(chart.bars()).hasSize(60);
        assertThat(chart.bars().getFirst().parts())
                .containsExactly(new Chart.Part("good", 1, 90, 8, 30));
        assertThat(chart.bars().getLast().parts())
                .containsExactly(
                        new Chart.Part("good", 591, 60, 8, 60),
                        new Chart.Part("bad", 591, 0, 8, 60));
        assertThat(chart.bars().getLast().text()).isEqualTo("12:34: mailed 6, given up 6");
        assertThat(chart.summary()).isEqualTo("Mails, 11:35 to 12:35: mailed 9, given up 6");
    }

    @Test
    void whatIsBesideItsTimeIsNotCounted() {
        var chart =
                draw(
                        new EventCount(at(-1), "MailSent", "success", 3),
                        new EventCount(at(60), "MailSent", "success", 3));

        assertThat(chart.bars()).allSatisfy(bar -> assertThat(bar.parts()).isEmpty());
        assertThat(chart.most()).isEqualTo(1);
    }

    private static Instant at(int minute) {
        return START.plus(Duration.ofMinutes(minute));
    }

    private static Chart draw(EventCount... counts) {
        return new DrawChart(ChartRange.HOUR, START, List.of(counts)).draw("Mails", SERIES);
    }
}
