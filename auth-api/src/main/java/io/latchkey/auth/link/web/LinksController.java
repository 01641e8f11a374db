package io.latchkey.auth.link.web;

import io.latchkey.auth.app.App;
import io.latchkey.auth.link.IdempotencyKey;
import io.latchkey.auth.link.OpenLink;
import io.latchkey.auth.link.RequestLink;
import io.latchkey.auth.link.RequestResult.Accepted;
import io.latchkey.auth.link.RequestResult.KeyConflict;
import io.latchkey.auth.link.RequestResult.RateLimited;
import io.latchkey.auth.link.RequestResult.RedirectNotAllowed;
import io.latchkey.auth.link.RequestResult.SignUpClosed;
import io.latchkey.auth.link.RevokeLink;
import io.latchkey.auth.problem.FieldError;
import io.latchkey.auth.problem.Problem;
import io.latchkey.auth.problem.ProblemCode;
import io.latchkey.auth.problem.RequestId;
import io.latchkey.events.LinkId;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Links over the native API, for the app that is calling. */
@RestController
@RequestMapping("/api/v1/links")
class LinksController {
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private final RequestLink requestLink;
    private final OpenLink openLink;
    private final RevokeLink revokeLink;
    private final LinkRequestReader reader;

    LinksController(
            RequestLink requestLink,
            OpenLink openLink,
            RevokeLink revokeLink,
            LinkRequestReader reader) {
        this.requestLink = requestLink;
        this.openLink = openLink;
        this.revokeLink = revokeLink;
        this.reader = reader;
    }

    /** {@code POST /api/v1/links}: 202 once the request is durably accepted. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    Mono<AcceptedLinkResponse> request(
            @AuthenticationPrincipal App app,
            @RequestBody byte[] body,
            ServerWebExchange exchange) {
        var key = idempotencyKey(exchange);
        return requestLink
                .request(app, reader.read(body), key, body, RequestId.of(exchange))
                .map(
                        result ->
                                switch (result) {
                                    case Accepted(var id, var expiresAt, var budget) -> {
                                        RateLimitHeaders.set(budget, exchange);
                                        yield new AcceptedLinkResponse(id.toString(), expiresAt);
                                    }
                                    case RateLimited(var budget) -> {
                                        RateLimitHeaders.set(budget, exchange);
                                        throw Problem.retryLater(
                                                ProblemCode.RATE_LIMITED,
                                                "Too many links were asked for.",
                                                budget.retryAfter());
                                    }
                                    case RedirectNotAllowed _ ->
                                            throw Problem.of(
                                                    ProblemCode.REDIRECT_URI_NOT_ALLOWED,
                                                    new FieldError(
                                                            "/redirect_uri",
                                                            "redirect_uri must be one of the app's,"
                                                                    + " character by character."));
                                    case KeyConflict _ ->
                                            throw Problem.of(
                                                    ProblemCode.CONFLICT,
                                                    "This Idempotency-Key came with another body.");
                                    case SignUpClosed _ ->
                                            throw Problem.of(
                                                    ProblemCode.FORBIDDEN, "Sign-up is closed.");
                                });
    }

    /** {@code GET /api/v1/links/{link_id}}: how it stands. */
    @GetMapping("/{linkId}")
    Mono<LinkResponse> find(@AuthenticationPrincipal App app, @PathVariable String linkId) {
        return openLink.find(linkId(linkId))
                .filter(link -> link.appId().equals(app.id()))
                .map(LinkResponse::of)
                .switchIfEmpty(Mono.error(LinksController::notFound));
    }

    /** {@code DELETE /api/v1/links/{link_id}}: 204, however often. */
    @DeleteMapping("/{linkId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> revoke(
            @AuthenticationPrincipal App app,
            @PathVariable String linkId,
            ServerWebExchange exchange) {
        return revokeLink
                .revoke(linkId(linkId), app, RequestId.of(exchange))
                .flatMap(known -> known ? Mono.empty() : Mono.error(notFound()));
    }

    private static Optional<String> idempotencyKey(ServerWebExchange exchange) {
        var keys =
                exchange.getRequest().getHeaders().getOrDefault(IDEMPOTENCY_KEY, List.<String>of());
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        if (keys.size() > 1 || !IdempotencyKey.isWellFormed(keys.getFirst())) {
            throw Problem.of(
                    ProblemCode.INVALID_REQUEST,
                    "Idempotency-Key: one value of 1 to 255 visible ASCII characters.");
        }
        return Optional.of(keys.getFirst());
    }

    private static LinkId linkId(String text) {
        try {
            return LinkId.parse(text);
        } catch (IllegalArgumentException e) {
            throw notFound();
        }
    }

    private static Problem notFound() {
        return Problem.of(ProblemCode.NOT_FOUND, "The app has no such link.");
    }
}
