package io.latchkey.events.secret;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;

/** Reads {@code kid:base64url(32 bytes)[,kid:…]}. */
final class RingEntries {
    static final int KID_LENGTH = 4;
    private static final Pattern KID = Pattern.compile("[a-z0-9]{" + KID_LENGTH + "}");

    private RingEntries() {}

    /**
     * @throws IllegalArgumentException naming the place, never the key
     */
    static SequencedMap<String, SecretKey> parse(String text) {
        var entries = new LinkedHashMap<String, SecretKey>();
        for (var entry : text.strip().split(",", -1)) {
            var position = entries.size() + 1;
            var parts = entry.strip().split(":", -1);
            if (parts.length != 2 || !KID.matcher(parts[0]).matches()) {
                throw malformed(position, "kid of 4 characters of [a-z0-9], colon, key");
            }
            var key = key(parts[1], position);
            if (entries.containsValue(key)) {
                throw malformed(position, "every key once");
            }
            if (entries.put(parts[0], key) != null) {
                throw malformed(position, "every kid once");
            }
        }
        return entries;
    }

    private static SecretKey key(String text, int position) {
        return Base64Url.decode(text, Hmac.LENGTH)
                .map(Hmac::key)
                .orElseThrow(() -> malformed(position, "32 bytes as base64url, 43 characters"));
    }

    static String format(Map<String, SecretKey> entries) {
        return String.join(
                ",",
                entries.entrySet().stream()
                        .map(e -> e.getKey() + ":" + Base64Url.encode(e.getValue().getEncoded()))
                        .toList());
    }

    static boolean isKid(String text) {
        return KID.matcher(text).matches();
    }

    private static IllegalArgumentException malformed(int position, String expected) {
        return new IllegalArgumentException(
                "key ring, entry " + position + " (expected: " + expected + ")");
    }
}
