package io.latchkey.auth.session;

import io.latchkey.auth.outbox.OutboxRelay;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/**
 * Ends sessions. When the answer is there, every node refuses them (S16); ending them again changes
 * nothing.
 */
@Service
public class EndSession {
    private final SessionStore sessions;
    private final OutboxRelay relay;

    EndSession(SessionStore sessions, OutboxRelay relay) {
        this.sessions = sessions;
        this.relay = relay;
    }

    /** How many were alive and are ended now. */
    public Mono<Integer> end(Ending ending) {
        return switch (ending.which()) {
            case Ending.AllOfUser _, Ending.OfBrowser _ -> endTwice(ending);
            default -> endOnce(ending);
        };
    }

    /** The first time waits for what is being begun by a code, but cannot see it. */
    private Mono<Integer> endTwice(Ending ending) {
        return endOnce(ending).flatMap(ended -> endOnce(ending.late()).map(late -> ended + late));
    }

    private Mono<Integer> endOnce(Ending ending) {
        return sessions.end(ending)
                .map(
                        ended -> {
                            relay.publish(ended.events());
                            return ended.value();
                        });
    }
}
