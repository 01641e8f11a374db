package io.latchkey.events.secret;

import io.latchkey.events.LinkId;
import java.util.Optional;

/**
 * A genuine authorization code, opened. It is derived from the link that was confirmed: app,
 * redirect URI, challenge and its 60 seconds are bound by that link's row.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc6749#section-4.1.2">RFC 6749 §4.1.2</a>
 */
public record AuthorizationCode(LinkId linkId, String kid) {
    /**
     * @throws IllegalArgumentException if the ring lacks the kid
     */
    public static String of(LinkId linkId, String kid, KeyRing ring) {
        return KeyedToken.seal(
                KeyedToken.bytes(linkId.value()), kid, ring.require(kid).authorizationCode());
    }

    /** Empty for a code that is malformed, forged, or of a kid that the ring lacks. */
    public static Optional<AuthorizationCode> open(String code, KeyRing ring) {
        return KeyedToken.open(
                        code,
                        KeyedToken.ID_LENGTH,
                        kid -> ring.keys(kid).map(KeyRing.Keys::authorizationCode))
                .map(
                        o ->
                                new AuthorizationCode(
                                        new LinkId(KeyedToken.uuid(o.statement())), o.kid()));
    }
}
