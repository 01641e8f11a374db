package io.latchkey.auth.signin.web;

import io.latchkey.auth.signin.WaitingRoom;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * The page of whoever waits for the mail: what becomes of it. A link pressed elsewhere signs nobody
 * in here (S3).
 */
@Controller
class WaitingController {
    private final WaitingLinks links;
    private final WaitingRoom room;
    private final WaitingPages pages;

    WaitingController(WaitingLinks links, WaitingRoom room, WaitingPages pages) {
        this.links = links;
        this.room = room;
        this.pages = pages;
    }

    /**
     * {@code GET /code}: how the link stands that this browser asked for; 303 where it has none.
     */
    @GetMapping("/code")
    Mono<ResponseEntity<String>> show(ServerWebExchange exchange) {
        return links.of(exchange)
                .flatMap(
                        waiting ->
                                room.state(waiting.link().id())
                                        .flatMap(state -> pages.page(waiting, state, exchange)))
                .switchIfEmpty(Mono.fromSupplier(() -> WaitingLinks.start(exchange)));
    }
}
