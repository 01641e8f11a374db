package io.latchkey.audit.tlog;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Who may sign: a name and an Ed25519 public key.
 *
 * @see <a href="https://c2sp.org/signed-note">C2SP signed-note</a>
 */
public final class VerifierKey {
    /** What the specification calls the signature type of Ed25519. */
    private static final byte ED25519 = 1;

    private static final int KEY_LENGTH = 32;

    /** What comes before the key in its ASN.1 form, RFC 8410 §4. */
    private static final byte[] ASN1 = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final Pattern TEXT =
            Pattern.compile("([^\\s+]+)\\+([0-9a-f]{8})\\+([A-Za-z0-9+/]+={0,2})");

    private final String name;
    private final byte[] key;

    /**
     * @param name without space and plus
     * @param key 32 bytes
     */
    VerifierKey(String name, byte[] key) {
        if (name.isEmpty() || name.chars().anyMatch(c -> Character.isWhitespace(c) || c == '+')) {
            throw new IllegalArgumentException("name of a key: empty, or with space or plus");
        }
        if (key.length != KEY_LENGTH) {
            throw new IllegalArgumentException("key: " + key.length + " bytes (expected: 32)");
        }
        this.name = name;
        this.key = key.clone();
    }

    /**
     * Reads what {@link #toString} gave.
     *
     * @throws IllegalArgumentException if it is no Ed25519 verifier key
     */
    public static VerifierKey parse(String text) {
        var parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("no verifier key (expected: name+id+key)");
        }
        var typed = Base64.getDecoder().decode(parts.group(3));
        if (typed.length != 1 + KEY_LENGTH || typed[0] != ED25519) {
            throw new IllegalArgumentException("no verifier key of Ed25519");
        }
        var key = new VerifierKey(parts.group(1), Arrays.copyOfRange(typed, 1, typed.length));
        if (!key.toString().equals(text)) {
            throw new IllegalArgumentException("verifier key: its id is of another key");
        }
        return key;
    }

    public String name() {
        return name;
    }

    int id() {
        var hashed = new ByteArrayOutputStream();
        hashed.writeBytes(name.getBytes(StandardCharsets.UTF_8));
        hashed.write('\n');
        hashed.writeBytes(typedKey());
        try {
            return ByteBuffer.wrap(
                            MessageDigest.getInstance("SHA-256").digest(hashed.toByteArray()))
                    .getInt();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private byte[] typedKey() {
        return ByteBuffer.allocate(1 + KEY_LENGTH).put(ED25519).put(key).array();
    }

    boolean isNamedBy(NoteSignature signature) {
        return signature.name().equals(name) && signature.keyId() == id();
    }

    boolean verifies(String text, NoteSignature signature) {
        try {
            var verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(publicKey());
            verifier.update(text.getBytes(StandardCharsets.UTF_8));
            return verifier.verify(signature.signature());
        } catch (GeneralSecurityException _) {
            // No signature at all, or no point on the curve
            return false;
        }
    }

    private PublicKey publicKey() throws GeneralSecurityException {
        var encoded = ByteBuffer.allocate(ASN1.length + KEY_LENGTH).put(ASN1).put(key).array();
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    }

    /** As it is published: {@code name+id+key}. */
    @Override
    public String toString() {
        return name
                + "+"
                + HexFormat.of().toHexDigits(id())
                + "+"
                + Base64.getEncoder().encodeToString(typedKey());
    }
}
