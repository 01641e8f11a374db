package io.latchkey.audit.export;

import io.latchkey.audit.query.AuditFilter;
import io.latchkey.audit.query.EventStore;
import io.latchkey.audit.trail.RecordedEvent;
import java.util.List;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads all that matches, however much it is, in parts: whoever takes it slowly holds no connection
 * to the database.
 */
@Service
public final class ExportTrail {
    private static final int AT_A_TIME = 1000;

    private final EventStore events;

    ExportTrail(EventStore events) {
        this.events = events;
    }

    /**
     * Oldest first, up to what there is now. Ends with an error where events went into a file
     * meanwhile: some may be missing.
     */
    public Flux<List<RecordedEvent>> export(AuditFilter filter) {
        return Mono.zip(events.size(), events.first())
                .flatMapMany(
                        now ->
                                read(filter, 0, now.getT1())
                                        .expand(part -> following(filter, part, now.getT1()))
                                        .concatWith(unlessFirstIsNot(now.getT2())));
    }

    private <T> Mono<T> unlessFirstIsNot(long first) {
        return Mono.defer(events::first)
                .flatMap(
                        now ->
                                now == first
                                        ? Mono.empty()
                                        : Mono.error(
                                                new IllegalStateException(
                                                        "old events were dropped meanwhile")));
    }

    private Mono<List<RecordedEvent>> following(
            AuditFilter filter, List<RecordedEvent> part, long size) {
        return part.size() < AT_A_TIME
                ? Mono.empty()
                : read(filter, part.getLast().sequence() + 1, size);
    }

    private Mono<List<RecordedEvent>> read(AuditFilter filter, long from, long size) {
        return events.next(filter, from, size, AT_A_TIME);
    }
}
