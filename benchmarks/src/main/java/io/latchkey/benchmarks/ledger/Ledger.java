package io.latchkey.benchmarks.ledger;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What was done, by the type of event that it must have left behind. Where the answer to a request
 * never came and nothing tells whether it was carried out, it is perhaps one more.
 */
final class Ledger {
    private final Map<String, Integer> done = new ConcurrentHashMap<>();
    private final Map<String, Integer> perhaps = new ConcurrentHashMap<>();
    private final AtomicInteger operations = new AtomicInteger();

    /** One request that changed something, and the events that this makes. */
    void done(String... types) {
        operations.incrementAndGet();
        for (var type : types) {
            done.merge(type, 1, Integer::sum);
        }
    }

    void perhaps(String type) {
        perhaps.merge(type, 1, Integer::sum);
    }

    int operations() {
        return operations.get();
    }

    Set<String> types() {
        var types = new TreeSet<>(done.keySet());
        types.addAll(perhaps.keySet());
        return types;
    }

    int count(String type) {
        return done.getOrDefault(type, 0);
    }

    int perhapsMore(String type) {
        return perhaps.getOrDefault(type, 0);
    }

    boolean agrees(String type, int recorded) {
        return recorded >= count(type) && recorded <= count(type) + perhapsMore(type);
    }
}
