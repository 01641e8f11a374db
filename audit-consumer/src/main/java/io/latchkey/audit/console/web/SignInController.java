package io.latchkey.audit.console.web;

import io.latchkey.audit.platform.Caller;
import io.latchkey.audit.platform.ConsoleCookie;
import io.latchkey.audit.platform.ConsoleSession;
import io.latchkey.audit.platform.CredentialRefusals;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** In and out of the console: the audit token once, then the cookie. */
@RestController
class SignInController {
    private final ConsolePages pages;
    private final ConsoleSession sessions;
    private final CredentialRefusals refusals;

    SignInController(ConsolePages pages, ConsoleSession sessions, CredentialRefusals refusals) {
        this.pages = pages;
        this.sessions = sessions;
        this.refusals = refusals;
    }

    /** {@code GET /console/sign-in}. */
    @GetMapping("/console/sign-in")
    ResponseEntity<String> page() {
        return pages.render("sign-in", Map.of("problem", ""));
    }

    /** {@code POST /console/sign-in}: field {@code token}. */
    @PostMapping("/console/sign-in")
    Mono<ResponseEntity<String>> signIn(ServerWebExchange exchange) {
        if (!ConsoleCookie.isSafe(exchange.getRequest())) {
            return Mono.just(refused(HttpStatus.BAD_REQUEST, "plain"));
        }
        return exchange.getFormData()
                .map(
                        form ->
                                sessions.begin(
                                                Objects.requireNonNullElse(
                                                        form.getFirst("token"), ""))
                                        .map(
                                                session ->
                                                        ConsoleCookie.of(
                                                                exchange.getRequest(), session))
                                        .map(cookie -> seeOther("/", Stream.of(cookie)))
                                        .orElseGet(() -> wrongToken(exchange)));
    }

    private ResponseEntity<String> wrongToken(ServerWebExchange exchange) {
        refusals.refused(Caller.of(exchange));
        return refused(HttpStatus.FORBIDDEN, "wrong");
    }

    private ResponseEntity<String> refused(HttpStatus status, String problem) {
        return pages.render(status, "sign-in", Map.of("problem", problem));
    }

    /** {@code POST /console/sign-out}. */
    @PostMapping("/console/sign-out")
    ResponseEntity<String> signOut() {
        return seeOther("/console/sign-in", ConsoleCookie.none());
    }

    private static ResponseEntity<String> seeOther(String path, Stream<ResponseCookie> cookies) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(path))
                .header(
                        HttpHeaders.SET_COOKIE,
                        cookies.map(ResponseCookie::toString).toArray(String[]::new))
                .build();
    }
}
