package io.latchkey.auth.account.web;

import io.latchkey.auth.account.AccountStore;
import io.latchkey.auth.platform.LatchkeyProperties;
import io.latchkey.auth.platform.SameOrigin;
import io.latchkey.auth.platform.SeeOther;
import io.latchkey.auth.problem.Problem;
import io.latchkey.auth.problem.ProblemCode;
import io.latchkey.auth.problem.RequestId;
import io.latchkey.auth.session.EndSession;
import io.latchkey.auth.session.Ending;
import io.latchkey.auth.session.HostedSessions;
import io.latchkey.auth.session.Session;
import io.latchkey.events.EndReason;
import io.latchkey.events.SessionId;
import java.util.function.Function;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Who somebody is here, where he is signed in, and how he signs out; for browsers signed in. */
@Controller
class AccountController {
    private final HostedSessions hostedSessions;
    private final AccountStore accounts;
    private final EndSession endSession;
    private final AccountPages pages;
    private final String origin;

    AccountController(
            HostedSessions hostedSessions,
            AccountStore accounts,
            EndSession endSession,
            AccountPages pages,
            LatchkeyProperties properties) {
        this.hostedSessions = hostedSessions;
        this.accounts = accounts;
        this.endSession = endSession;
        this.pages = pages;
        this.origin = properties.publicUrl().toString();
    }

    /** {@code GET /account}: 303 to the form where nobody is signed in. */
    @GetMapping("/account")
    Mono<ResponseEntity<String>> show(ServerWebExchange exchange) {
        return hostedSessions
                .of(exchange)
                .flatMap(
                        session ->
                                accounts.find(session.userId())
                                        .flatMap(
                                                account ->
                                                        pages.account(account, session, exchange)))
                .switchIfEmpty(Mono.fromSupplier(() -> SeeOther.to("/sign-in")));
    }

    /** {@code POST /account/sessions/{session_id}/end}: one of one's own. */
    @PostMapping("/account/sessions/{sessionId}/end")
    Mono<ResponseEntity<String>> end(@PathVariable String sessionId, ServerWebExchange exchange) {
        var id = sessionId(sessionId);
        return end(exchange, session -> new Ending.OneOfUser(id, session.userId()), "/account");
    }

    /** {@code POST /account/sessions/end}: all of them, this browser's too. */
    @PostMapping("/account/sessions/end")
    Mono<ResponseEntity<String>> endAll(ServerWebExchange exchange) {
        return end(exchange, session -> new Ending.AllOfUser(session.userId()), "/sign-out");
    }

    /** {@code GET /sign-out}: asks, since a GET changes nothing; or says that it is done. */
    @GetMapping("/sign-out")
    Mono<ResponseEntity<String>> askToSignOut(ServerWebExchange exchange) {
        return hostedSessions
                .of(exchange)
                .flatMap(_ -> pages.signOut(exchange))
                .switchIfEmpty(Mono.defer(() -> pages.signedOut(exchange)));
    }

    /** {@code POST /sign-out}: of this browser, and of the apps that were signed in to by it. */
    @PostMapping("/sign-out")
    Mono<ResponseEntity<String>> signOut(ServerWebExchange exchange) {
        return end(exchange, session -> new Ending.OfBrowser(session.id()), "/sign-out");
    }

    private Mono<ResponseEntity<String>> end(
            ServerWebExchange exchange, Function<Session, Ending.Which> which, String next) {
        SameOrigin.require(exchange, origin);
        return hostedSessions
                .of(exchange)
                .flatMap(
                        session ->
                                endSession.end(
                                        new Ending(
                                                which.apply(session),
                                                EndReason.SIGNED_OUT,
                                                RequestId.of(exchange))))
                .then(Mono.fromSupplier(() -> SeeOther.to(next)));
    }

    private static SessionId sessionId(String text) {
        try {
            return SessionId.parse(text);
        } catch (IllegalArgumentException e) {
            throw Problem.of(ProblemCode.NOT_FOUND, "There is no such session.");
        }
    }
}
