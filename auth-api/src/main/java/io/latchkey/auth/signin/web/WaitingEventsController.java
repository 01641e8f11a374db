package io.latchkey.auth.signin.web;

import io.latchkey.auth.link.WaitingState;
import io.latchkey.auth.signin.WaitingRoom;
import java.time.Duration;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Keeps a waiting page up to date. */
@RestController
class WaitingEventsController {
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private final WaitingLinks links;
    private final WaitingRoom room;

    WaitingEventsController(WaitingLinks links, WaitingRoom room) {
        this.links = links;
        this.room = room;
    }

    /**
     * {@code GET /code/events?link_id=…}: server-sent events {@code state}, whose data is the
     * state's name, and {@code end} after the last. 204, at which browsers do not come back, where
     * this browser waits for nothing.
     */
    @GetMapping(path = "/code/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Mono<ResponseEntity<Flux<ServerSentEvent<String>>>> events(ServerWebExchange exchange) {
        return links.of(exchange)
                .map(waiting -> ResponseEntity.ok(stream(room.watch(waiting.link().id()))))
                .switchIfEmpty(Mono.fromSupplier(() -> ResponseEntity.noContent().build()));
    }

    private Flux<ServerSentEvent<String>> stream(Flux<WaitingState> states) {
        return states.concatMap(this::event)
                .publish(
                        events ->
                                Flux.merge(
                                        events,
                                        Flux.interval(HEARTBEAT)
                                                .onBackpressureDrop()
                                                .map(_ -> heartbeat())
                                                .takeUntilOther(events.ignoreElements())));
    }

    private Flux<ServerSentEvent<String>> event(WaitingState state) {
        var changed =
                ServerSentEvent.<String>builder()
                        .event("state")
                        .data(state.toString())
                        .retry(room.pause())
                        .build();
        return state.isLast()
                ? Flux.just(
                        changed, ServerSentEvent.<String>builder().event("end").data("").build())
                : Flux.just(changed);
    }

    private static ServerSentEvent<String> heartbeat() {
        return ServerSentEvent.<String>builder().comment("").build();
    }
}
