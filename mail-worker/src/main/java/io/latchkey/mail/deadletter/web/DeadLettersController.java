package io.latchkey.mail.deadletter.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.latchkey.events.EventId;
import io.latchkey.mail.deadletter.DeadLetter;
import io.latchkey.mail.deadletter.DeadLetterStore;
import io.latchkey.mail.deadletter.DeadLettersUnavailableException;
import io.latchkey.mail.deadletter.PoisonRecord;
import io.latchkey.mail.deadletter.ReplayDeadLetters;
import io.latchkey.mail.platform.InvalidRequestException;
import io.latchkey.mail.platform.RequestId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Orders that were given up, and what was set aside, for the mail administrator. */
@RestController
@RequestMapping("/api/v1/dead-letters")
class DeadLettersController {
    private static final int MOST = 200;
    private final DeadLetterStore store;
    private final ReplayDeadLetters replayDeadLetters;

    DeadLettersController(DeadLetterStore store, ReplayDeadLetters replayDeadLetters) {
        this.store = store;
        this.replayDeadLetters = replayDeadLetters;
    }

    record Item(String id, String linkId, String reason, int attempts, Instant failedAt) {
        static Item of(DeadLetter letter) {
            return new Item(
                    letter.id().toString(),
                    letter.linkId().toString(),
                    letter.reason(),
                    letter.attempts(),
                    letter.failedAt());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(List<Item> items, @Nullable String nextCursor) {
        static Page of(List<DeadLetter> found, int limit) {
            var shown = found.subList(0, Math.min(limit, found.size()));
            return new Page(
                    shown.stream().map(Item::of).toList(),
                    found.size() > limit ? shown.getLast().id().toString() : null);
        }
    }

    record Poison(List<PoisonRecord> items) {}

    record Requeued(int requeued) {}

    /** {@code GET /api/v1/dead-letters}: a page, oldest first. */
    @GetMapping
    Mono<Page> list(
            @RequestParam(defaultValue = "50") String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var atMost = limit(limit);
        var after = Optional.ofNullable(cursor).map(DeadLettersController::cursor);
        return off(() -> Page.of(store.list(after, atMost + 1), atMost));
    }

    /** {@code GET /api/v1/dead-letters/poison}: what no worker could read, newest first. */
    @GetMapping("/poison")
    Mono<Poison> poison(@RequestParam(defaultValue = "50") String limit) {
        var atMost = limit(limit);
        return off(() -> new Poison(store.poison(atMost)));
    }

    /** {@code POST /api/v1/dead-letters/replay}: all whose delivery time is not over. */
    @PostMapping("/replay")
    Mono<Requeued> replayAll(ServerWebExchange exchange) {
        return off(() -> new Requeued(replayDeadLetters.replayAll(RequestId.of(exchange))));
    }

    /** {@code POST /api/v1/dead-letters/{id}/replay}: 204; 410 once its delivery time is over. */
    @PostMapping("/{id}/replay")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> replay(@PathVariable String id, ServerWebExchange exchange) {
        var letter = id(id);
        return off(() -> replayDeadLetters.replay(letter, RequestId.of(exchange)))
                .flatMap(
                        result ->
                                switch (result) {
                                    case REQUEUED -> Mono.empty();
                                    case TOO_LATE -> refused(HttpStatus.GONE);
                                    case UNKNOWN -> refused(HttpStatus.NOT_FOUND);
                                });
    }

    /** {@code DELETE /api/v1/dead-letters/{id}}: it is never tried again. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> drop(@PathVariable String id, ServerWebExchange exchange) {
        var letter = id(id);
        return off(() -> store.drop(letter, RequestId.of(exchange)))
                .flatMap(dropped -> dropped ? Mono.empty() : refused(HttpStatus.NOT_FOUND));
    }

    private static <T> Mono<T> off(Callable<T> blocking) {
        return Mono.fromCallable(blocking)
                .subscribeOn(Schedulers.boundedElastic())
                .onErrorMap(
                        DeadLettersUnavailableException.class,
                        _ -> new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE));
    }

    private static Mono<Void> refused(HttpStatus status) {
        return Mono.error(new ResponseStatusException(status));
    }

    private static EventId id(String text) {
        try {
            return EventId.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
    }

    private static EventId cursor(String text) {
        try {
            return EventId.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException("/cursor", "expected: a next_cursor of this list");
        }
    }

    private static int limit(String text) {
        try {
            var limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new InvalidRequestException("/limit", "expected: 1 to 200");
    }
}
