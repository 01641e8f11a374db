package io.latchkey.auth.token.web;

import io.latchkey.auth.problem.Problem;
import io.latchkey.auth.problem.ProblemCode;
import io.latchkey.auth.problem.RequestId;
import io.latchkey.auth.token.RotateKeys;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Signing keys, for the administrator. */
@RestController
class KeysController {
    private static final String ACTOR = "administrator";
    private final RotateKeys rotateKeys;

    KeysController(RotateKeys rotateKeys) {
        this.rotateKeys = rotateKeys;
    }

    /** A key that was made. */
    record KeyResponse(String kid) {}

    /** {@code POST /api/v1/keys/rotate}: 201; the new key is published now and signs later. */
    @PostMapping("/api/v1/keys/rotate")
    @ResponseStatus(HttpStatus.CREATED)
    Mono<KeyResponse> rotate(ServerWebExchange exchange) {
        return rotateKeys
                .rotate(ACTOR, RequestId.of(exchange))
                .map(KeyResponse::new)
                .switchIfEmpty(
                        Mono.error(
                                () ->
                                        Problem.of(
                                                ProblemCode.CONFLICT,
                                                "The key is being replaced at this moment.")));
    }
}
