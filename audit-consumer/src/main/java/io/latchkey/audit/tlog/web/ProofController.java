package io.latchkey.audit.tlog.web;

import io.latchkey.audit.platform.AuditReader;
import io.latchkey.audit.problem.Problem;
import io.latchkey.audit.tlog.ProveInclusion;
import io.latchkey.events.EventId;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Proofs for single events. */
@RestController
class ProofController {
    private final ProveInclusion proveInclusion;

    ProofController(ProveInclusion proveInclusion) {
        this.proveInclusion = proveInclusion;
    }

    /**
     * {@code GET /api/v1/audit/events/{event_id}/proof}: that the event is in the log; 404 where
     * this reader may know nothing of it, or no checkpoint covers it yet.
     */
    @GetMapping("/api/v1/audit/events/{eventId}/proof")
    Mono<ProofResponse> prove(
            @PathVariable String eventId, @AuthenticationPrincipal AuditReader reader) {
        var event = eventId(eventId);
        return proveInclusion
                .prove(event.value(), reader.tenant())
                .map(proved -> ProofResponse.of(event, proved))
                .switchIfEmpty(Mono.error(ProofController::unknownEvent));
    }

    private static EventId eventId(String text) {
        try {
            return EventId.parse(text);
        } catch (IllegalArgumentException _) {
            throw unknownEvent();
        }
    }

    private static Problem unknownEvent() {
        return Problem.notFound(
                "No signed log holds such an event; a new one is covered within a minute.");
    }
}
