package io.latchkey.mail.relay;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.ToDoubleFunction;

/** Which of several relays a mail is offered to first. */
public enum RelayChoice {
    /** As they are listed: the others stand by. */
    ORDERED {
        @Override
        List<GuardedRelay> order(List<GuardedRelay> relays) {
            return relays;
        }
    },

    /** By chance, in proportion to their weights. */
    WEIGHTED {
        @Override
        List<GuardedRelay> order(List<GuardedRelay> relays) {
            return weighted(relays, GuardedRelay::weight);
        }
    };

    abstract List<GuardedRelay> order(List<GuardedRelay> relays);

    /**
     * A random order in which the first is each with a chance in proportion to its weight.
     *
     * @see <a href="https://doi.org/10.1016/j.ipl.2005.11.003">Efraimidis and Spirakis, Weighted
     *     random sampling with a reservoir</a>
     */
    static <T> List<T> weighted(List<T> items, ToDoubleFunction<T> weight) {
        record Drawn<T>(T item, double key) {}
        return items.stream()
                .map(
                        item ->
                                new Drawn<>(
                                        item,
                                        -Math.log(1 - ThreadLocalRandom.current().nextDouble())
                                                / weight.applyAsDouble(item)))
                .sorted(Comparator.comparingDouble(Drawn::key))
                .map(Drawn::item)
                .toList();
    }
}
