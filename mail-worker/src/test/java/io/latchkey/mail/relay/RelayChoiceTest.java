package io.latchkey.mail.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RelayChoiceTest {
    private static final Map<String, Integer> WEIGHTS = Map.of("heavy", 9, "light", 1);

    @Test
    void theFirstIsChosenInProportionToItsWeight() {
        var heavyFirst =
                Stream.generate(() -> RelayChoice.weighted(List.of("light", "heavy"), WEIGHTS::get))
                        .limit(10_000)
                        .filter(order -> order.getFirst().equals("heavy"))
                        .count();

        // Nine in ten, give or take more than twenty standard deviations.
        assertThat(heavyFirst).isBetween(8_400L, 9_600L);
    }

    @Test
    void everyRelayIsInTheOrderOnce() {
        assertThat(RelayChoice.weighted(List.of("light", "heavy"), WEIGHTS::get))
                .containsExactlyInAnyOrder("light", "heavy");
    }
}
