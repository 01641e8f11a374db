package io.latchkey.auth.oauth;

import io.latchkey.auth.problem.Problem;
import io.latchkey.auth.problem.ProblemCode;
import io.latchkey.auth.token.AccessTokens;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/**
 * {@code client_credentials}: an access token of the app's own.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc6749#section-4.4">RFC 6749 §4.4</a>
 */
@Service
class ClientCredentialsGrant implements Grant {
    private final AccessTokens accessTokens;

    ClientCredentialsGrant(AccessTokens accessTokens) {
        this.accessTokens = accessTokens;
    }

    @Override
    public String type() {
        return "client_credentials";
    }

    @Override
    public Mono<TokenResponse> grant(TokenRequest request) {
        if (!request.client().authenticated()) {
            return Mono.error(
                    Problem.of(
                            ProblemCode.UNAUTHORIZED_CLIENT,
                            "A public client has no credentials."));
        }
        var app = request.client().app();
        var scopes =
                request.parameter("scope")
                        .map(scope -> Set.<String>copyOf(Arrays.asList(scope.strip().split(" +"))))
                        .orElse(app.scopes());
        if (!app.scopes().containsAll(scopes)) {
            return Mono.error(Problem.of(ProblemCode.INVALID_SCOPE, "The app has no such scope."));
        }
        var scope = String.join(" ", new TreeSet<>(scopes));
        return Mono.fromSupplier(
                () ->
                        new TokenResponse(
                                accessTokens.signOwn(app.id().toString(), app.tenant(), scope),
                                "Bearer",
                                AccessTokens.LIFE.toSeconds(),
                                null,
                                null,
                                scope,
                                null));
    }
}
