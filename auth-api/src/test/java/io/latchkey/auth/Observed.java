package io.latchkey.auth;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** All that a tracer would be told, were there one: names and values of every observation. */
final class Observed implements ObservationHandler<Observation.Context>, AutoCloseable {
    private final Queue<String> told = new ConcurrentLinkedQueue<>();
    private volatile boolean listening;

    /** A registry forgets no handler: it is deaf once it is closed. */
    void listen() {
        listening = true;
        RunningAuthApi.get()
                .bean(ObservationRegistry.class)
                .observationConfig()
                .observationHandler(this);
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return listening;
    }

    @Override
    public void onStop(Observation.Context context) {
        told.add(
                "%s %s %s %s"
                        .formatted(
                                context.getName(),
                                context.getContextualName(),
                                context.getAllKeyValues(),
                                context.getError()));
    }

    @Override
    public void close() {
        listening = false;
    }

    @Override
    public String toString() {
        return String.join("\n", told);
    }
}
