package io.latchkey.auth.session;

import io.latchkey.events.AppId;
import io.latchkey.events.SessionId;
import io.latchkey.events.secret.RefreshToken;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Tells whether a session is alive at this moment, changing nothing (S16). */
@Service
public class CheckSession {
    private final SessionStore sessions;

    CheckSession(SessionStore sessions) {
        this.sessions = sessions;
    }

    /** The app's session; empty where it has ended, is another app's, or its user is not active. */
    public Mono<Session> check(SessionId id, AppId appId) {
        return sessions.find(id, appId);
    }

    /** Likewise, and empty for a refresh token that would be refused. */
    public Mono<Session> check(RefreshToken token, AppId appId) {
        return sessions.find(token, appId);
    }
}
