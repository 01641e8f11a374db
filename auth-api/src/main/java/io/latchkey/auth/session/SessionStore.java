package io.latchkey.auth.session;

import io.latchkey.auth.outbox.Changed;
import io.latchkey.auth.outbox.OutboxRow;
import io.latchkey.events.AppId;
import io.latchkey.events.SessionId;
import io.latchkey.events.secret.RefreshToken;
import java.util.List;
import reactor.core.publisher.Mono;

/** Where sessions are kept. Every change of state is one statement with its events in it. */
public interface SessionStore {
    /**
     * Begins a session for the one who redeems the code first, within its 60 seconds; empty for all
     * others.
     */
    Mono<Changed<Session>> begin(SessionId id, Redemption redemption);

    /**
     * What a refused redemption leads to: a code redeemed before ends the session it began; a wrong
     * verifier is counted, and the fifth kills the code; anything else changes nothing.
     */
    Mono<List<OutboxRow>> blame(Redemption redemption);

    /** Moves the session to its next generation, for the one who comes first; empty for others. */
    Mono<Changed<Session>> rotate(RefreshToken token, AppId appId, String requestId);

    /**
     * The session as it is, for the immediate predecessor of its refresh token, within ten seconds
     * of that one's use; else empty.
     */
    Mono<Session> repeat(RefreshToken token, AppId appId);

    /** The app's session while it is alive and its user active; else empty. */
    Mono<Session> find(SessionId id, AppId appId);

    /** Likewise, where this refresh token would carry it on or repeat its answer now. */
    Mono<Session> find(RefreshToken token, AppId appId);

    /** Ends those that are alive of these, each with its event; says how many. */
    Mono<Changed<Integer>> end(Ending ending);

    /** Ends the session if the token was used more than ten seconds ago. */
    Mono<List<OutboxRow>> punish(RefreshToken token, AppId appId, String requestId);
}
