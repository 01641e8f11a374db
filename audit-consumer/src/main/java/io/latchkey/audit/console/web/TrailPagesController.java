package io.latchkey.audit.console.web;

import io.latchkey.audit.console.ConsoleStore;
import io.latchkey.audit.console.EventView;
import io.latchkey.audit.console.LatestCheckpoint;
import io.latchkey.audit.query.AuditFilter;
import io.latchkey.audit.query.Cursor;
import io.latchkey.audit.query.EventStore;
import io.latchkey.audit.query.Order;
import io.latchkey.audit.query.PageRequest;
import io.latchkey.audit.tlog.SignerKey;
import io.latchkey.events.Alert;
import io.latchkey.events.LinkId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What became of one link, what the detections found, and how the log can be checked. */
@RestController
class TrailPagesController {
    private static final int ROWS = 50;

    private final ConsolePages pages;
    private final EventStore events;
    private final ConsoleStore store;
    private final String key;

    TrailPagesController(ConsolePages pages, EventStore events, ConsoleStore store, SignerKey key) {
        this.pages = pages;
        this.events = events;
        this.store = store;
        this.key = key.verifierKey().toString();
    }

    /** {@code GET /console/links/{link_id}}; 404 where nothing is known of it. */
    @GetMapping("/console/links/{linkId}")
    Mono<ResponseEntity<String>> link(@PathVariable String linkId) {
        return Mono.justOrEmpty(linkId(linkId))
                .flatMap(link -> events.timeline(AuditFilter.ofLink(null, link)))
                .filter(page -> !page.events().isEmpty())
                .map(
                        page ->
                                pages.render(
                                        "link",
                                        Map.of("link", linkId, "events", EventView.of(page))))
                .switchIfEmpty(Mono.fromSupplier(this::unknownLink));
    }

    private ResponseEntity<String> unknownLink() {
        return pages.render(HttpStatus.NOT_FOUND, "link", Map.of("link", "", "events", List.of()));
    }

    private static Optional<LinkId> linkId(String text) {
        try {
            return Optional.of(LinkId.parse(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** {@code GET /console/alerts}: the newest first; {@code cursor} goes on. */
    @GetMapping("/console/alerts")
    Mono<ResponseEntity<String>> alerts(@RequestParam(required = false) @Nullable String cursor) {
        var after =
                Optional.ofNullable(cursor)
                        .flatMap(Cursor::parse)
                        .filter(each -> each.order() == Order.NEWEST_FIRST)
                        .orElse(null);
        var alerts = AuditFilter.all().ofType(Alert.class.getSimpleName());
        return events.find(alerts, new PageRequest(Order.NEWEST_FIRST, after, ROWS))
                .map(
                        page -> {
                            var model = new HashMap<String, Object>();
                            model.put("events", EventView.of(page));
                            var next = page.next();
                            if (next != null) {
                                model.put("older", "/console/alerts?cursor=" + next);
                            }
                            return pages.render("alerts", model);
                        });
    }

    /** Where a page begins with the newest event that is signed. */
    private static String below(LatestCheckpoint checkpoint) {
        return new Cursor(Order.NEWEST_FIRST, checkpoint.size()).toString();
    }

    /** {@code GET /console/log}. */
    @GetMapping("/console/log")
    Mono<ResponseEntity<String>> log() {
        return store.checkpoint()
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .map(
                        checkpoint ->
                                pages.render(
                                        "log",
                                        Map.of(
                                                "checkpoint",
                                                checkpoint,
                                                "cursor",
                                                checkpoint
                                                        .map(TrailPagesController::below)
                                                        .orElse(""),
                                                "key",
                                                key)));
    }
}
