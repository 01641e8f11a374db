package io.latchkey.audit.console.web;

import io.latchkey.audit.platform.ConsoleCookie;
import io.latchkey.audit.platform.ConsoleSession;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
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

    SignInController(ConsolePages pages, ConsoleSession sessions) {
        this.pages = pages;
        this.sessions = sessions;
    }

    /** {@code GET /console/sign-in}. */
    @GetMapping("/console/sign-in")
    ResponseEntity<String> page() {
        return pages.render("sign-in", Map.of("wrong", false));
    }

    /** {@code POST /console/sign-in}: field {@code token}. */
    @PostMapping("/console/sign-in")
    Mono<ResponseEntity<String>> signIn(ServerWebExchange exchange) {
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
                                        .map(cookie -> seeOther("/", cookie))
                                        .orElseGet(this::wrongToken));
    }

    private ResponseEntity<String> wrongToken() {
        return pages.render(HttpStatus.FORBIDDEN, "sign-in", Map.of("wrong", true));
    }

    /** {@code POST /console/sign-out}. */
    @PostMapping("/console/sign-out")
    ResponseEntity<String> signOut(ServerWebExchange exchange) {
        return seeOther("/console/sign-in", ConsoleCookie.none(exchange.getRequest()));
    }

    private static ResponseEntity<String> seeOther(String path, ResponseCookie cookie) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(path))
                .header(HttpHeaders.SET_COOKIE, cookie.toString())
                .build();
    }
}
