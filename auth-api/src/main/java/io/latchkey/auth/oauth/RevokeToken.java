package io.latchkey.auth.oauth;

import io.latchkey.auth.app.App;
import io.latchkey.auth.problem.Problem;
import io.latchkey.auth.problem.ProblemCode;
import io.latchkey.auth.session.EndSession;
import io.latchkey.auth.session.Ending;
import io.latchkey.auth.token.AccessTokens;
import io.latchkey.auth.token.AccessTokens.UserToken;
import io.latchkey.events.EndReason;
import io.latchkey.events.SessionId;
import io.latchkey.events.secret.KeyRing;
import io.latchkey.events.secret.RefreshToken;
import java.util.Optional;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/**
 * Ends the session of an app's token, be it a refresh or an access token: it is one grant, and
 * nothing of it is left. Tokens of others, and what is no token, change nothing.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc7009#section-2.1">RFC 7009 §2.1</a>
 */
@Service
public class RevokeToken {
    private final AccessTokens accessTokens;
    private final EndSession endSession;
    private final KeyRing ring;

    RevokeToken(AccessTokens accessTokens, EndSession endSession, KeyRing ring) {
        this.accessTokens = accessTokens;
        this.endSession = endSession;
        this.ring = ring;
    }

    /**
     * Fails with {@code unsupported_token_type} for an app's own access token: it is nobody's
     * session, and ends by its time alone.
     */
    public Mono<Void> revoke(String token, App app, String requestId) {
        if (accessTokens.verifyOwn(token).filter(own -> isOf(app, own.clientId())).isPresent()) {
            return Mono.error(
                    Problem.of(
                            ProblemCode.UNSUPPORTED_TOKEN_TYPE,
                            "An app's own access token ends by its time alone."));
        }
        return Mono.justOrEmpty(session(token, app))
                .flatMap(
                        session ->
                                endSession.end(
                                        new Ending(
                                                new Ending.OneOfApp(session, app.id()),
                                                EndReason.REVOKED,
                                                requestId)))
                .then();
    }

    private Optional<SessionId> session(String token, App app) {
        return RefreshToken.open(token, ring)
                .map(RefreshToken::sessionId)
                .or(
                        () ->
                                accessTokens
                                        .verify(token)
                                        .filter(user -> isOf(app, user.clientId()))
                                        .map(UserToken::sessionId));
    }

    private static boolean isOf(App app, String clientId) {
        return clientId.equals(app.id().toString());
    }
}
