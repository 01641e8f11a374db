package io.latchkey.events.secret;

import io.latchkey.events.SessionId;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A genuine refresh token, opened: session and generation.
 *
 * @param generation counted from 1; every refresh makes the next
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc6749#section-1.5">RFC 6749 §1.5</a>
 */
public record RefreshToken(SessionId sessionId, int generation, String kid) {
    private static final int LENGTH = KeyedToken.ID_LENGTH + Integer.BYTES;

    /**
     * @throws IllegalArgumentException if the ring lacks the kid
     */
    public static String of(SessionId sessionId, int generation, String kid, KeyRing ring) {
        var statement =
                ByteBuffer.allocate(LENGTH)
                        .put(KeyedToken.bytes(sessionId.value()))
                        .putInt(generation)
                        .array();
        return KeyedToken.seal(statement, kid, ring.require(kid).refresh());
    }

    /** Empty for a token that is malformed, forged, or of a kid that the ring lacks. */
    public static Optional<RefreshToken> open(String token, KeyRing ring) {
        return KeyedToken.open(token, LENGTH, kid -> ring.keys(kid).map(KeyRing.Keys::refresh))
                .map(
                        o ->
                                new RefreshToken(
                                        new SessionId(KeyedToken.uuid(o.statement())),
                                        o.statement().getInt(),
                                        o.kid()));
    }
}
