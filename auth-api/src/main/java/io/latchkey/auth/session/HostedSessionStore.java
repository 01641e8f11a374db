package io.latchkey.auth.session;

import io.latchkey.auth.app.App;
import io.latchkey.auth.limit.Rate;
import io.latchkey.auth.outbox.Changed;
import io.latchkey.events.LinkId;
import io.latchkey.events.SessionId;
import io.latchkey.events.secret.RefreshToken;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Where the sessions of our own pages are kept. */
public interface HostedSessionStore {
    /** The session of a cookie while it is alive and its user active; else empty. */
    Mono<Session> find(RefreshToken cookie);

    /**
     * Signs a browser in on our pages by a link that it has confirmed within the last minute. A
     * session that the browser has is carried on where it is the same user's, and ended where it is
     * another's. Asked again about the same link, it gives the same session and changes nothing.
     *
     * @param id of the session, where one is begun
     * @param present what the browser has
     * @param app the built-in app of the link's tenant
     */
    Mono<Changed<HostedSession>> begin(
            SessionId id, LinkId link, Optional<RefreshToken> present, App app, String requestId);

    /**
     * Keeps a link that is born confirmed, for the code that is derived from it: true. False where
     * the session has given as many as the rate allows; empty where it has ended, its user is not
     * active, or was asked longer ago than the request allows.
     *
     * @param kid the entry of the key ring that derives the code
     */
    Mono<Boolean> issueCode(LinkId id, String kid, CodeRequest request, Rate rate);
}
