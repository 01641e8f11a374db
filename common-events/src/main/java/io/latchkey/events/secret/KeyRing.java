package io.latchkey.events.secret;

import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKey;

/**
 * The secret of an installation: entries by kid, the first of which makes new secrets while all are
 * accepted. Every key that is used comes from an entry by HKDF: {@code mail}, below it {@code
 * link}, {@code code}, {@code order} and {@code event}; and {@code authorization-code}, {@code
 * refresh}, {@code encryption}, {@code request}.
 */
public final class KeyRing {
    record Keys(
            SecretKey authorizationCode,
            SecretKey refresh,
            SecretKey encryption,
            SecretKey request) {
        static Keys of(SecretKey entry) {
            return new Keys(
                    Hmac.derive(entry, "authorization-code"),
                    Hmac.derive(entry, "refresh"),
                    Hmac.derive(entry, "encryption"),
                    Hmac.derive(entry, "request"));
        }
    }

    private final Map<String, Keys> keys;
    private final String current;
    private final Map<String, SecretKey> mailKeys;
    private final MailKeyRing mail;

    private KeyRing(Map<String, SecretKey> entries) {
        var derived = new LinkedHashMap<String, Keys>();
        mailKeys = new LinkedHashMap<>();
        entries.forEach(
                (kid, entry) -> {
                    derived.put(kid, Keys.of(entry));
                    mailKeys.put(kid, Hmac.derive(entry, "mail"));
                });
        keys = Map.copyOf(derived);
        current = derived.firstEntry().getKey();
        mail = new MailKeyRing(mailKeys);
    }

    /**
     * Reads the value of {@code LATCHKEY_KEYS}: {@code kid:base64url(32 bytes)[,kid:…]}, kid being
     * 4 characters of {@code [a-z0-9]}.
     *
     * @throws IllegalArgumentException naming the entry, never the key
     */
    public static KeyRing parse(String text) {
        return new KeyRing(RingEntries.parse(text));
    }

    /** A value for {@code LATCHKEY_KEYS} with one new random entry. */
    public static String generate(String kid) {
        if (!RingEntries.isKid(kid)) {
            throw new IllegalArgumentException(
                    "kid: " + kid + " (expected: 4 characters of [a-z0-9])");
        }
        var bytes = new byte[Hmac.LENGTH];
        new SecureRandom().nextBytes(bytes);
        return RingEntries.format(Map.of(kid, Hmac.key(bytes)));
    }

    /** The kid that new secrets are made with. */
    public String currentKid() {
        return current;
    }

    public Set<String> kids() {
        return keys.keySet();
    }

    /** The part of the ring that mail workers share. */
    public MailKeyRing mail() {
        return mail;
    }

    /** The value for {@code LATCHKEY_MAIL_KEYS} that belongs to this ring. A secret. */
    public String formatMailKeys() {
        return RingEntries.format(mailKeys);
    }

    Optional<Keys> keys(String kid) {
        return Optional.ofNullable(keys.get(kid));
    }

    /**
     * @throws IllegalArgumentException if the ring lacks the kid
     */
    Keys require(String kid) {
        return keys(kid).orElseThrow(() -> unknown(kid));
    }

    static IllegalArgumentException unknown(String kid) {
        return new IllegalArgumentException("kid: " + kid + " is not in the key ring");
    }

    @Override
    public String toString() {
        return "KeyRing" + kids();
    }
}
