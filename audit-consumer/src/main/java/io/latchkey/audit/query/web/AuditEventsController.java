package io.latchkey.audit.query.web;

import io.latchkey.audit.platform.AuditReader;
import io.latchkey.audit.problem.Problem;
import io.latchkey.audit.problem.QueryParameters;
import io.latchkey.audit.query.AuditFilter;
import io.latchkey.audit.query.EventStore;
import io.latchkey.audit.query.FilterParameters;
import io.latchkey.events.Alert;
import io.latchkey.events.LinkId;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The trail over HTTP. A reader bound to a tenant sees that tenant's events and no others. */
@RestController
class AuditEventsController {
    private static final Set<String> KNOWN =
            Stream.of(FilterParameters.NAMES, PageParameters.NAMES)
                    .flatMap(Set::stream)
                    .collect(Collectors.toUnmodifiableSet());

    private static final String ALERT = Alert.class.getSimpleName();

    private static final Set<String> KNOWN_OF_ALERTS =
            KNOWN.stream()
                    .filter(name -> !name.equals("type"))
                    .collect(Collectors.toUnmodifiableSet());

    private final EventStore events;
    private final FilterParameters filters;

    AuditEventsController(EventStore events, FilterParameters filters) {
        this.events = events;
        this.filters = filters;
    }

    /**
     * {@code GET /api/v1/audit/events}: one page of the events that match all filters, by sequence.
     */
    @GetMapping("/api/v1/audit/events")
    Mono<EventsResponse> find(
            @RequestParam MultiValueMap<String, String> parameters,
            @AuthenticationPrincipal AuditReader reader) {
        var given = new QueryParameters(parameters, KNOWN);
        var filter = filters.read(given, reader.tenant());
        var page = PageParameters.read(given);
        given.check();
        return events.find(filter, page).map(EventsResponse::of);
    }

    /** {@code GET /api/v1/audit/alerts}: the same, of what the detections found. */
    @GetMapping("/api/v1/audit/alerts")
    Mono<EventsResponse> alerts(
            @RequestParam MultiValueMap<String, String> parameters,
            @AuthenticationPrincipal AuditReader reader) {
        var given = new QueryParameters(parameters, KNOWN_OF_ALERTS);
        var filter = filters.read(given, reader.tenant()).ofType(ALERT);
        var page = PageParameters.read(given);
        given.check();
        return events.find(filter, page).map(EventsResponse::of);
    }

    /**
     * {@code GET /api/v1/audit/links/{link_id}}: what became of one link, oldest first; 404 where
     * this reader may know nothing of it.
     */
    @GetMapping("/api/v1/audit/links/{linkId}")
    Mono<TimelineResponse> timeline(
            @PathVariable String linkId,
            @RequestParam MultiValueMap<String, String> parameters,
            @AuthenticationPrincipal AuditReader reader) {
        new QueryParameters(parameters, Set.of()).check();
        var link = linkId(linkId);
        return events.timeline(AuditFilter.ofLink(reader.tenant(), link))
                .filter(page -> !page.events().isEmpty())
                .map(page -> TimelineResponse.of(link, page))
                .switchIfEmpty(Mono.error(AuditEventsController::unknownLink));
    }

    private static LinkId linkId(String text) {
        try {
            return LinkId.parse(text);
        } catch (IllegalArgumentException _) {
            throw unknownLink();
        }
    }

    private static Problem unknownLink() {
        return Problem.notFound("Nothing is known of such a link.");
    }
}
