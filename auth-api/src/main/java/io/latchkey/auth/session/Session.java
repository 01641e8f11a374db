package io.latchkey.auth.session;

import io.latchkey.events.AppId;
import io.latchkey.events.LinkId;
import io.latchkey.events.SessionId;
import io.latchkey.events.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session as it stood when it was read.
 *
 * @param email canonical address of its user
 * @param emailVerified whether its user has proven that address
 * @param kid the entry of the key ring that derives its refresh tokens
 * @param generation of the refresh token that is good now; counted from 1
 * @param nonce as the request for the link gave it
 * @param authTime when the link was confirmed
 * @param now the database's clock at that moment
 */
public record Session(
        SessionId id,
        String tenant,
        UserId userId,
        AppId appId,
        LinkId linkId,
        String email,
        boolean emailVerified,
        String kid,
        int generation,
        @Nullable String nonce,
        Instant authTime,
        Instant expiresAt,
        Instant now) {
    /** Without the address, so that no log shows it. */
    @Override
    public String toString() {
        return "Session[" + id + ", generation " + generation + "]";
    }
}
