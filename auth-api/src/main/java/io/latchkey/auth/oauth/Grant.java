package io.latchkey.auth.oauth;

import io.latchkey.auth.problem.Problem;
import io.latchkey.auth.problem.ProblemCode;
import reactor.core.publisher.Mono;

/** One way to get tokens. */
public interface Grant {
    /** Its {@code grant_type}. */
    String type();

    /** The tokens, or a {@link Problem} as RFC 6749 names it. */
    Mono<TokenResponse> grant(TokenRequest request);

    /** One answer for whatever is wrong with a code or a refresh token. */
    static Problem invalid() {
        return Problem.of(
                ProblemCode.INVALID_GRANT,
                "Unknown, expired, used, or bound to another client, redirect URI or verifier.");
    }
}
