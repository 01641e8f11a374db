package io.latchkey.events.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Proves that a mail event comes from a holder of the mail ring: {@code kid.base64url(HMAC-SHA-256
 * (event key, id ‖ type ‖ data))}, carried as the CloudEvents extension attribute {@code seal}.
 * Whoever can only write to Kafka could otherwise set what a link's status says.
 */
public final class EventSeal {
    private EventSeal() {}

    /** Seals with the ring's current kid. */
    public static String of(String id, String type, byte[] data, MailKeyRing ring) {
        var kid = ring.currentKid();
        return kid + "." + Base64Url.encode(mac(id, type, data, ring.require(kid)));
    }

    /** In constant time; false, too, where the ring lacks the seal's kid. */
    public static boolean isGenuine(
            String seal, String id, String type, byte[] data, MailKeyRing ring) {
        var dot = seal.indexOf('.');
        if (dot < 0) {
            return false;
        }
        Optional<MailKeyRing.Keys> keys = ring.keys(seal.substring(0, dot));
        return keys.isPresent()
                && Base64Url.decode(seal.substring(dot + 1), Hmac.LENGTH)
                        .map(mac -> Hmac.equal(mac, mac(id, type, data, keys.get())))
                        .orElse(false);
    }

    private static byte[] mac(String id, String type, byte[] data, MailKeyRing.Keys keys) {
        return Hmac.sha256(keys.event(), counted(id), counted(type), data);
    }

    private static byte[] counted(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Integer.BYTES + bytes.length)
                .putInt(bytes.length)
                .put(bytes)
                .array();
    }
}
