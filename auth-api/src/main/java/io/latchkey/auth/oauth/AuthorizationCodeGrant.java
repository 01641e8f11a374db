package io.latchkey.auth.oauth;

import io.latchkey.auth.app.App;
import io.latchkey.auth.session.BeginSession;
import io.latchkey.auth.session.Redemption;
import io.latchkey.events.secret.AuthorizationCode;
import io.latchkey.events.secret.KeyRing;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/**
 * {@code authorization_code}: a session for the code of a confirmed link, with its verifier where a
 * challenge was given, and without where none was.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc6749#section-4.1.3">RFC 6749 §4.1.3</a>
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc7636#section-4.5">RFC 7636 §4.5</a>
 */
@Service
class AuthorizationCodeGrant implements Grant {
    private final BeginSession beginSession;
    private final SessionTokens tokens;
    private final KeyRing ring;

    AuthorizationCodeGrant(BeginSession beginSession, SessionTokens tokens, KeyRing ring) {
        this.beginSession = beginSession;
        this.tokens = tokens;
        this.ring = ring;
    }

    @Override
    public String type() {
        return "authorization_code";
    }

    @Override
    public Mono<TokenResponse> grant(TokenRequest request) {
        var code = request.require("code");
        var verifier = request.parameter("code_verifier");
        var app = request.client().app();
        if (app.type() == App.Type.PUBLIC && verifier.isEmpty()) {
            return Mono.error(Grant::invalid);
        }
        return Mono.justOrEmpty(AuthorizationCode.open(code, ring))
                .flatMap(
                        genuine ->
                                beginSession.begin(
                                        new Redemption(
                                                genuine.linkId(),
                                                genuine.kid(),
                                                app.id(),
                                                request.parameter("redirect_uri").orElse(null),
                                                verifier.map(CodeVerifier::challenge).orElse(null),
                                                request.requestId())))
                .map(tokens::of)
                .switchIfEmpty(Mono.error(Grant::invalid));
    }
}
