package io.latchkey.auth.session.web;

import io.latchkey.auth.app.AdminActs;
import io.latchkey.auth.app.Caller;
import io.latchkey.auth.problem.Problem;
import io.latchkey.auth.problem.ProblemCode;
import io.latchkey.auth.problem.RequestId;
import io.latchkey.auth.session.EndSession;
import io.latchkey.auth.session.Ending;
import io.latchkey.auth.session.ListedSession;
import io.latchkey.auth.session.SessionList;
import io.latchkey.events.EndReason;
import io.latchkey.events.EventContext;
import io.latchkey.events.Outcome;
import io.latchkey.events.SessionId;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** One session over the native API, for the apps of its tenant and the administrator. */
@RestController
@RequestMapping("/api/v1/sessions/{sessionId}")
class SessionsController {
    private final SessionList sessions;
    private final EndSession endSession;

    SessionsController(SessionList sessions, EndSession endSession) {
        this.sessions = sessions;
        this.endSession = endSession;
    }

    /** {@code GET /api/v1/sessions/{session_id}}: alive or ended. */
    @GetMapping
    Mono<SessionResponse> find(
            @AuthenticationPrincipal Caller caller, @PathVariable String sessionId) {
        return session(caller, sessionId).map(SessionResponse::of);
    }

    /** {@code DELETE /api/v1/sessions/{session_id}}: 204, however often. */
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> end(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String sessionId,
            ServerWebExchange exchange) {
        return session(caller, sessionId)
                .map(session -> ending(caller, session, RequestId.of(exchange)))
                .flatMap(endSession::end)
                .then();
    }

    private static Ending ending(Caller caller, ListedSession session, String requestId) {
        var context =
                EventContext.of(session.tenant(), null, requestId)
                        .withUser(session.userId())
                        .withSession(session.id())
                        .withOutcome(Outcome.SUCCESS, null);
        return new Ending(
                new Ending.OneOfTenant(session.id(), session.tenant()),
                EndReason.REVOKED,
                requestId,
                AdminActs.of(caller, AdminActs.REVOKE_SESSION, context));
    }

    private Mono<ListedSession> session(Caller caller, String sessionId) {
        return sessions.find(sessionId(sessionId))
                .filter(session -> caller.mayUse(session.tenant()))
                .switchIfEmpty(Mono.error(SessionsController::notFound));
    }

    private static SessionId sessionId(String text) {
        try {
            return SessionId.parse(text);
        } catch (IllegalArgumentException e) {
            throw notFound();
        }
    }

    private static Problem notFound() {
        return Problem.of(ProblemCode.NOT_FOUND, "There is no such session.");
    }
}
