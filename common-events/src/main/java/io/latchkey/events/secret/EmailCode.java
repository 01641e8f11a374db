package io.latchkey.events.secret;

import io.latchkey.events.LinkId;
import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * The six-digit code of a link, truncated from its keyed hash as HOTP does it. Only a limit on
 * wrong tries makes it safe.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc4226#section-5.3">RFC 4226 §5.3</a>
 */
public final class EmailCode {
    private static final int DIGITS = 6;
    private static final int MODULUS = 1_000_000;

    private EmailCode() {}

    /**
     * The code of a link; the same at every call.
     *
     * @throws IllegalArgumentException if the ring lacks the kid
     */
    public static String of(LinkId linkId, String kid, MailKeyRing ring) {
        return truncate(Hmac.sha256(ring.require(kid).code(), KeyedToken.bytes(linkId.value())));
    }

    static String truncate(byte[] mac) {
        var offset = mac[mac.length - 1] & 0xf;
        var truncated = ByteBuffer.wrap(mac).getInt(offset) & Integer.MAX_VALUE;
        return String.format(Locale.ROOT, "%0" + DIGITS + "d", truncated % MODULUS);
    }

    /** In constant time; false, too, where the ring lacks the kid. */
    public static boolean matches(String typed, LinkId linkId, String kid, MailKeyRing ring) {
        return ring.keys(kid).isPresent()
                && Hmac.equal(Base64Url.ascii(typed), Base64Url.ascii(of(linkId, kid, ring)));
    }
}
