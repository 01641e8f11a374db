package io.latchkey.auth.account;

import io.latchkey.events.SessionId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A person's account, as its owner may see it.
 *
 * @param sessions those that are alive, newest first; 100 at most
 */
public record Account(String email, Instant since, List<OwnSession> sessions) {
    public Account {
        sessions = List.copyOf(sessions);
    }

    /**
     * Somewhere the person is signed in.
     *
     * @param app its name
     * @param seen when it was last begun, refreshed or carried on
     */
    public record OwnSession(
            SessionId id,
            String app,
            @Nullable String ip,
            @Nullable String userAgent,
            Instant started,
            Instant seen) {}

    /** Without the address, so that no log shows it. */
    @Override
    public String toString() {
        return "Account[" + sessions.size() + " sessions]";
    }
}
