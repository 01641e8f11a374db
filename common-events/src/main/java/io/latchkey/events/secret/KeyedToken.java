package io.latchkey.events.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javax.crypto.SecretKey;

/**
 * The one shape of a token here: {@code base64url(statement ‖ kid, 4 characters ‖ HMAC-SHA-256(key
 * of that kid, statement))}.
 */
final class KeyedToken {
    static final int ID_LENGTH = 16;

    private KeyedToken() {}

    record Opened(ByteBuffer statement, String kid) {}

    static String seal(byte[] statement, String kid, SecretKey key) {
        return Base64Url.encode(
                ByteBuffer.allocate(statement.length + RingEntries.KID_LENGTH + Hmac.LENGTH)
                        .put(statement)
                        .put(Base64Url.ascii(kid))
                        .put(Hmac.sha256(key, statement))
                        .array());
    }

    /** Empty for anything malformed, forged, or of a kid that has no key; in constant time. */
    static Optional<Opened> open(
            String token, int statementLength, Function<String, Optional<SecretKey>> keys) {
        return Base64Url.decode(token, statementLength + RingEntries.KID_LENGTH + Hmac.LENGTH)
                .flatMap(bytes -> verify(bytes, statementLength, keys));
    }

    private static Optional<Opened> verify(
            byte[] bytes, int statementLength, Function<String, Optional<SecretKey>> keys) {
        var statement = Arrays.copyOf(bytes, statementLength);
        var macStart = statementLength + RingEntries.KID_LENGTH;
        var kid = text(Arrays.copyOfRange(bytes, statementLength, macStart));
        var mac = Arrays.copyOfRange(bytes, macStart, bytes.length);
        return keys.apply(kid)
                .filter(key -> Hmac.equal(mac, Hmac.sha256(key, statement)))
                .map(key -> new Opened(ByteBuffer.wrap(statement), kid));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(ID_LENGTH)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    static UUID uuid(ByteBuffer bytes) {
        return new UUID(bytes.getLong(), bytes.getLong());
    }
}
