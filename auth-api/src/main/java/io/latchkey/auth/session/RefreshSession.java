package io.latchkey.auth.session;

import io.latchkey.auth.outbox.OutboxRelay;
import io.latchkey.events.AppId;
import io.latchkey.events.secret.RefreshToken;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/**
 * Carries a session on (S15): every refresh makes the next refresh token; the one before repeats
 * its answer for ten seconds, for a client that lost it; used later, it ends the session.
 */
@Service
public class RefreshSession {
    private final SessionStore sessions;
    private final OutboxRelay relay;

    RefreshSession(SessionStore sessions, OutboxRelay relay) {
        this.sessions = sessions;
        this.relay = relay;
    }

    /** The session at its present generation, or empty where the token is refused. */
    public Mono<Session> refresh(RefreshToken token, AppId appId, String requestId) {
        return sessions.rotate(token, appId, requestId)
                .map(
                        rotated -> {
                            relay.publish(rotated.events());
                            return rotated.value();
                        })
                .switchIfEmpty(Mono.defer(() -> sessions.repeat(token, appId)))
                .switchIfEmpty(
                        Mono.defer(() -> sessions.punish(token, appId, requestId))
                                .doOnNext(relay::publish)
                                .then(Mono.empty()));
    }
}
