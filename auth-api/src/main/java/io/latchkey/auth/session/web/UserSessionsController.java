package io.latchkey.auth.session.web;

import io.latchkey.auth.app.AdminActs;
import io.latchkey.auth.app.Caller;
import io.latchkey.auth.platform.ItemPage;
import io.latchkey.auth.platform.PageRequest;
import io.latchkey.auth.problem.Problem;
import io.latchkey.auth.problem.ProblemCode;
import io.latchkey.auth.problem.RequestId;
import io.latchkey.auth.session.EndSession;
import io.latchkey.auth.session.Ending;
import io.latchkey.auth.session.SessionList;
import io.latchkey.events.EndReason;
import io.latchkey.events.EventContext;
import io.latchkey.events.Outcome;
import io.latchkey.events.UserId;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** All sessions of a user over the native API, those of our own pages among them. */
@RestController
@RequestMapping("/api/v1/users/{userId}/sessions")
class UserSessionsController {
    private final SessionList sessions;
    private final EndSession endSession;

    UserSessionsController(SessionList sessions, EndSession endSession) {
        this.sessions = sessions;
        this.endSession = endSession;
    }

    /** {@code GET /api/v1/users/{user_id}/sessions}: newest first, ended ones for 30 days. */
    @GetMapping
    Mono<ItemPage<SessionResponse>> list(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String userId,
            @RequestParam MultiValueMap<String, String> query) {
        var page = PageRequest.of(query);
        var user = userId(userId);
        return tenant(caller, user)
                .flatMap(_ -> sessions.of(user, page))
                .map(found -> ItemPage.of(found, page, session -> session.id().value()))
                .map(found -> found.map(SessionResponse::of));
    }

    /** {@code DELETE /api/v1/users/{user_id}/sessions}: 204, however often. */
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> end(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String userId,
            ServerWebExchange exchange) {
        var user = userId(userId);
        return tenant(caller, user)
                .map(tenant -> ending(caller, tenant, user, RequestId.of(exchange)))
                .flatMap(endSession::end)
                .then();
    }

    private static Ending ending(Caller caller, String tenant, UserId user, String requestId) {
        var context =
                EventContext.of(tenant, null, requestId)
                        .withUser(user)
                        .withOutcome(Outcome.SUCCESS, null);
        return new Ending(
                new Ending.AllOfUser(user),
                EndReason.REVOKED,
                requestId,
                AdminActs.of(caller, AdminActs.REVOKE_SESSIONS, context));
    }

    private Mono<String> tenant(Caller caller, UserId user) {
        return sessions.tenantOf(user)
                .filter(caller::mayUse)
                .switchIfEmpty(Mono.error(UserSessionsController::notFound));
    }

    private static UserId userId(String text) {
        try {
            return UserId.parse(text);
        } catch (IllegalArgumentException e) {
            throw notFound();
        }
    }

    private static Problem notFound() {
        return Problem.of(ProblemCode.NOT_FOUND, "There is no such user.");
    }
}
