package io.latchkey.audit.publish;

import io.latchkey.events.EventEnvelope;
import java.util.List;

/** Brings events to where all events come from: the trail reads them from there. */
@FunctionalInterface
public interface EventRelay {
    /** Returns when Kafka has them; an exception where that is not sure of one. Blocks. */
    void publish(List<? extends EventEnvelope<?>> events);
}
