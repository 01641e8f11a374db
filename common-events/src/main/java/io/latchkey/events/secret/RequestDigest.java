package io.latchkey.events.secret;

import java.util.Optional;

/**
 * Recognises a request body without keeping it: {@code kid.base64url(HMAC-SHA-256(request key,
 * body))}. Bodies hold addresses, so a plain hash would be guessable.
 */
public final class RequestDigest {
    private RequestDigest() {}

    /** The digest under the ring's current kid. */
    public static String of(byte[] body, KeyRing ring) {
        return of(body, ring.currentKid(), ring.require(ring.currentKid()));
    }

    /** Whether the digest is of this body, whichever kid of the ring made it. */
    public static boolean matches(String digest, byte[] body, KeyRing ring) {
        var kid = digest.substring(0, Math.max(0, digest.indexOf('.')));
        Optional<KeyRing.Keys> keys = ring.keys(kid);
        return keys.isPresent()
                && Hmac.equal(Base64Url.ascii(digest), Base64Url.ascii(of(body, kid, keys.get())));
    }

    private static String of(byte[] body, String kid, KeyRing.Keys keys) {
        return kid + "." + Base64Url.encode(Hmac.sha256(keys.request(), body));
    }
}
