package io.latchkey.events.secret;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKey;

/**
 * What a mail worker must know, and no more: for each kid the keys that derive link tokens and
 * six-digit codes, and that seal orders and mail events. Whoever has it can use the links that are
 * mailed, but mints no session, refresh token or authorization code.
 */
public final class MailKeyRing {
    record Keys(SecretKey link, SecretKey code, SecretKey order, SecretKey event) {
        static Keys of(SecretKey mail) {
            return new Keys(
                    Hmac.derive(mail, "link"),
                    Hmac.derive(mail, "code"),
                    Hmac.derive(mail, "order"),
                    Hmac.derive(mail, "event"));
        }
    }

    private final Map<String, Keys> keys;
    private final String current;

    MailKeyRing(Map<String, SecretKey> mailKeys) {
        var derived = new LinkedHashMap<String, Keys>();
        mailKeys.forEach((kid, key) -> derived.put(kid, Keys.of(key)));
        keys = Map.copyOf(derived);
        current = derived.firstEntry().getKey();
    }

    /**
     * Reads the value of {@code LATCHKEY_MAIL_KEYS}: {@code kid:base64url(mail key)[,kid:…]}.
     *
     * @throws IllegalArgumentException naming the entry, never the key
     */
    public static MailKeyRing parse(String text) {
        return new MailKeyRing(RingEntries.parse(text));
    }

    /** The kid that new seals are made with. */
    public String currentKid() {
        return current;
    }

    public Set<String> kids() {
        return keys.keySet();
    }

    Optional<Keys> keys(String kid) {
        return Optional.ofNullable(keys.get(kid));
    }

    /**
     * @throws IllegalArgumentException if the ring lacks the kid
     */
    Keys require(String kid) {
        return keys(kid).orElseThrow(() -> KeyRing.unknown(kid));
    }

    @Override
    public String toString() {
        return "MailKeyRing" + kids();
    }
}
