package io.latchkey.audit.query.web;

import io.latchkey.audit.platform.AuditReader;
import io.latchkey.audit.problem.Problem;
import io.latchkey.audit.query.AuditFilter;
import io.latchkey.audit.query.EventStore;
import io.latchkey.events.LinkId;
import io.latchkey.events.secret.SubjectKey;
import java.util.Set;
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
    private final EventStore events;
    private final SubjectKey subjectKey;

    AuditEventsController(EventStore events, SubjectKey subjectKey) {
        this.events = events;
        this.subjectKey = subjectKey;
    }

    /**
     * {@code GET /api/v1/audit/events}: one page of the events that match all filters, by sequence.
     */
    @GetMapping("/api/v1/audit/events")
    Mono<EventsResponse> find(
            @RequestParam MultiValueMap<String, String> parameters,
            @AuthenticationPrincipal AuditReader reader) {
        var query = EventQuery.of(parameters, reader, subjectKey);
        return events.find(query.filter(), query.page()).map(EventsResponse::of);
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
        new EventParameters(parameters, Set.of()).check();
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
