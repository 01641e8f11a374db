package io.latchkey.events.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what must be recoverable and is kept in the database, such as signing keys: {@code kid,
 * 4 characters ‖ nonce, 12 bytes ‖ AES-256-GCM ciphertext and tag}. The purpose is authenticated
 * with it, so that a value moved to another row is refused.
 *
 * @see <a href="https://csrc.nist.gov/pubs/sp/800/38/d/final">NIST SP 800-38D</a>
 */
public final class RingCipher {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private final KeyRing ring;
    private final SecureRandom random = new SecureRandom();

    public RingCipher(KeyRing ring) {
        this.ring = ring;
    }

    /** Encrypts under the ring's current kid. */
    public byte[] encrypt(byte[] plain, String purpose) {
        var kid = ring.currentKid();
        var nonce = new byte[NONCE];
        random.nextBytes(nonce);
        var sealed = run(Cipher.ENCRYPT_MODE, kid, nonce, plain, purpose);
        return ByteBuffer.allocate(RingEntries.KID_LENGTH + NONCE + sealed.length)
                .put(Base64Url.ascii(kid))
                .put(nonce)
                .put(sealed)
                .array();
    }

    /** The kid of the entry that a value is encrypted under, whether the ring has it or not. */
    public static String kid(byte[] encrypted) {
        return new String(encrypted, 0, RingEntries.KID_LENGTH, StandardCharsets.ISO_8859_1);
    }

    /**
     * @throws IllegalArgumentException if the ring lacks the kid
     * @throws IllegalStateException if the value was changed, or encrypted for another purpose
     */
    public byte[] decrypt(byte[] encrypted, String purpose) {
        if (encrypted.length < RingEntries.KID_LENGTH + NONCE) {
            throw new IllegalStateException(purpose + ": encrypted value cut short");
        }
        var kid = kid(encrypted);
        var body = RingEntries.KID_LENGTH + NONCE;
        var nonce = Arrays.copyOfRange(encrypted, RingEntries.KID_LENGTH, body);
        var sealed = Arrays.copyOfRange(encrypted, body, encrypted.length);
        return run(Cipher.DECRYPT_MODE, kid, nonce, sealed, purpose);
    }

    private byte[] run(int mode, String kid, byte[] nonce, byte[] input, String purpose) {
        SecretKey key = new SecretKeySpec(ring.require(kid).encryption().getEncoded(), "AES");
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(purpose + ": cannot be encrypted or decrypted", e);
        }
    }
}
