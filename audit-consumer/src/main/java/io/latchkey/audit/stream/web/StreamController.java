package io.latchkey.audit.stream.web;

import io.latchkey.audit.platform.AuditReader;
import io.latchkey.audit.platform.Caller;
import io.latchkey.audit.problem.FieldError;
import io.latchkey.audit.problem.Problem;
import io.latchkey.audit.problem.QueryParameters;
import io.latchkey.audit.query.AuditFilter;
import io.latchkey.audit.query.FilterParameters;
import io.latchkey.audit.reading.RecordReading;
import io.latchkey.audit.stream.LiveTrail;
import io.latchkey.audit.trail.RecordedEvent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The live trail as server-sent events, whose ids are sequence numbers.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">HTML, server-sent
 *     events</a>
 */
@RestController
class StreamController {
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /** Clients go on by themselves where they were. */
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final LiveTrail trail;
    private final FilterParameters filters;
    private final OpenStreams open;
    private final RecordReading recordReading;
    private final InstantSource clock;

    StreamController(
            LiveTrail trail,
            FilterParameters filters,
            OpenStreams open,
            RecordReading recordReading,
            InstantSource clock) {
        this.recordReading = recordReading;
        this.clock = clock;
        this.trail = trail;
        this.filters = filters;
        this.open = open;
    }

    /**
     * {@code GET /api/v1/audit/stream}: events that match, as they are recorded; after that of
     * {@code Last-Event-ID}, or new ones only.
     */
    @GetMapping(path = "/api/v1/audit/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<String>> stream(
            @RequestParam MultiValueMap<String, String> parameters,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            @AuthenticationPrincipal AuditReader reader,
            ServerWebExchange exchange) {
        var given = new QueryParameters(parameters, FilterParameters.NAMES);
        var filter = filters.read(given, reader.tenant());
        given.check();
        return start(lastEventId)
                .flatMapMany(
                        from ->
                                open.limited(
                                        stream(filter, from)
                                                .doFirst(
                                                        () ->
                                                                recordReading.stream(
                                                                        reader,
                                                                        Caller.of(exchange)))
                                                .take(longest(reader))));
    }

    /** No longer than the credential. */
    private Duration longest(AuditReader reader) {
        var end = reader.expiresAt();
        var left = end == null ? LONGEST : Duration.between(clock.instant(), end);
        return left.compareTo(LONGEST) < 0 ? left : LONGEST;
    }

    private Mono<Long> start(@Nullable String lastEventId) {
        if (lastEventId == null || lastEventId.isEmpty()) {
            return trail.end();
        }
        try {
            return Mono.just(Math.addExact(Long.parseUnsignedLong(lastEventId), 1));
        } catch (NumberFormatException | ArithmeticException _) {
            throw Problem.invalidRequest(
                    List.of(new FieldError("Last-Event-ID", "expected: an id of this stream")));
        }
    }

    private Flux<ServerSentEvent<String>> stream(AuditFilter filter, long from) {
        var parts = trail.follow(filter, from).concatMapIterable(StreamController::events, 1);
        // At once: whoever waits for the headers is told that it is open.
        return Flux.concat(Mono.just(heartbeat()), parts)
                .mergeWith(Flux.interval(HEARTBEAT).onBackpressureDrop().map(_ -> heartbeat()));
    }

    /** Where nothing matched, how far it was read: who comes back need not read it again. */
    private static List<ServerSentEvent<String>> events(LiveTrail.Part part) {
        var events = new ArrayList<ServerSentEvent<String>>();
        part.events().forEach(event -> events.add(event(event)));
        if (part.events().isEmpty() || part.events().getLast().sequence() + 1 < part.next()) {
            events.add(
                    ServerSentEvent.<String>builder()
                            .id(Long.toString(part.next() - 1))
                            .comment("read")
                            .build());
        }
        return events;
    }

    private static ServerSentEvent<String> event(RecordedEvent event) {
        return ServerSentEvent.<String>builder()
                .id(Long.toString(event.sequence()))
                .data(event.json())
                .build();
    }

    private static ServerSentEvent<String> heartbeat() {
        return ServerSentEvent.<String>builder().comment("heartbeat").build();
    }
}
