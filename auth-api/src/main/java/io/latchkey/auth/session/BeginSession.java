package io.latchkey.auth.session;

import io.latchkey.auth.outbox.OutboxRelay;
import io.latchkey.events.SessionId;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Turns an authorization code into a session: once (S1). */
@Service
public class BeginSession {
    private final SessionStore sessions;
    private final OutboxRelay relay;

    BeginSession(SessionStore sessions, OutboxRelay relay) {
        this.sessions = sessions;
        this.relay = relay;
    }

    /** The session, or empty where the code is refused: what that leads to has happened then. */
    public Mono<Session> begin(Redemption redemption) {
        return tryBegin(redemption)
                .switchIfEmpty(
                        Mono.defer(() -> sessions.blame(redemption))
                                .doOnNext(relay::publish)
                                .then(Mono.empty()));
    }

    /** Likewise, but that a second use does no harm: nobody else has held what it proves. */
    public Mono<Session> tryBegin(Redemption redemption) {
        return sessions.begin(SessionId.next(), redemption)
                .map(
                        begun -> {
                            relay.publish(begun.events());
                            return begun.value();
                        });
    }
}
