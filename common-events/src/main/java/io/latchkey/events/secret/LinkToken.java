package io.latchkey.events.secret;

import io.latchkey.events.LinkId;
import java.util.Optional;

/**
 * A genuine link token, opened: the secret in the mailed URL, 70 characters. That it is genuine
 * says nothing about the life of its link.
 */
public record LinkToken(LinkId linkId, String kid) {
    /**
     * The token of a link; the same at every call.
     *
     * @throws IllegalArgumentException if the ring lacks the kid
     */
    public static String of(LinkId linkId, String kid, MailKeyRing ring) {
        return KeyedToken.seal(KeyedToken.bytes(linkId.value()), kid, ring.require(kid).link());
    }

    /** Empty for a token that is malformed, forged, or of a kid that the ring lacks. */
    public static Optional<LinkToken> open(String token, MailKeyRing ring) {
        return KeyedToken.open(
                        token,
                        KeyedToken.ID_LENGTH,
                        kid -> ring.keys(kid).map(MailKeyRing.Keys::link))
                .map(o -> new LinkToken(new LinkId(KeyedToken.uuid(o.statement())), o.kid()));
    }
}
