package io.latchkey.audit.console.web;

import io.latchkey.audit.console.ChartRange;
import io.latchkey.audit.console.EventView;
import io.latchkey.audit.console.ReadOverview;
import io.latchkey.audit.query.EventPage;
import io.latchkey.audit.query.EventStore;
import io.latchkey.audit.query.FilterParameters;
import io.latchkey.audit.query.Order;
import io.latchkey.audit.query.PageRequest;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The first page: the trail as it grows, what of it is wanted, and how it was of late. */
@RestController
class LiveController {
    private static final int ROWS = 50;

    private final ConsolePages pages;
    private final ReadOverview readOverview;
    private final EventStore events;
    private final FilterParameters filters;

    LiveController(
            ConsolePages pages,
            ReadOverview readOverview,
            EventStore events,
            FilterParameters filters) {
        this.pages = pages;
        this.readOverview = readOverview;
        this.events = events;
        this.filters = filters;
    }

    /** {@code GET /}: the filters of the audit API, {@code range} and {@code cursor}. */
    @GetMapping("/")
    Mono<ResponseEntity<String>> live(@RequestParam MultiValueMap<String, String> parameters) {
        return page(LiveQuery.read(filters, parameters));
    }

    /** {@code POST /console/filter}: the same as a form; leads to the page that it asks for. */
    @PostMapping("/console/filter")
    Mono<ResponseEntity<String>> filter(ServerWebExchange exchange) {
        return exchange.getFormData()
                .map(form -> LiveQuery.read(filters, byAddress(form)))
                .flatMap(
                        query ->
                                query.errors().isEmpty()
                                        ? Mono.just(seeOther("/?" + query.query()))
                                        : page(query));
    }

    /** An address that is typed in takes the place of the one that the page is about. */
    private static MultiValueMap<String, String> byAddress(MultiValueMap<String, String> form) {
        var sent = new LinkedMultiValueMap<>(form);
        if (!Objects.requireNonNullElse(sent.getFirst("email"), "").isBlank()) {
            sent.remove("subject");
        }
        return sent;
    }

    /** {@code GET /console/overview}: the part of the page that the page itself renews. */
    @GetMapping("/console/overview")
    Mono<ResponseEntity<String>> overview(@RequestParam MultiValueMap<String, String> parameters) {
        var query = LiveQuery.read(filters, parameters);
        return readOverview
                .read(query.range())
                .map(
                        overview ->
                                pages.render(
                                        "overview",
                                        Map.of(
                                                "overview",
                                                overview,
                                                "query",
                                                query,
                                                "ranges",
                                                ChartRange.values())));
    }

    private Mono<ResponseEntity<String>> page(LiveQuery query) {
        return Mono.zip(found(query), readOverview.read(query.range()))
                .map(
                        read -> {
                            var model = new HashMap<String, Object>();
                            model.put("query", query);
                            model.put("types", FilterParameters.types());
                            model.put("events", EventView.of(read.getT1()));
                            model.put("overview", read.getT2());
                            model.put("ranges", ChartRange.values());
                            model.put("live", query.after() == null && query.errors().isEmpty());
                            var next = read.getT1().next();
                            if (next != null) {
                                model.put("older", "/?" + query.query(next));
                            }
                            var status =
                                    query.errors().isEmpty()
                                            ? HttpStatus.OK
                                            : HttpStatus.BAD_REQUEST;
                            return pages.render(status, "live", model);
                        });
    }

    private Mono<EventPage> found(LiveQuery query) {
        return query.errors().isEmpty()
                ? events.find(
                        query.filter(), new PageRequest(Order.NEWEST_FIRST, query.after(), ROWS))
                : Mono.just(new EventPage(List.of(), null));
    }

    private static ResponseEntity<String> seeOther(String path) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(path)).build();
    }
}
