package io.latchkey.events.secret;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 and HKDF-SHA-256, as every secret here uses them. */
final class Hmac {
    static final int LENGTH = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private Hmac() {}

    static SecretKey key(byte[] bytes) {
        return new SecretKeySpec(bytes, ALGORITHM);
    }

    static byte[] sha256(SecretKey key, byte[]... parts) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            for (var part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 is missing from this Java runtime", e);
        }
    }

    /**
     * HKDF with no salt and the label as info, 32 bytes long.
     *
     * @see <a href="https://datatracker.ietf.org/doc/html/rfc5869">RFC 5869</a>
     */
    static SecretKey derive(SecretKey parent, String label) {
        try {
            var parameters =
                    HKDFParameterSpec.ofExtract()
                            .addIKM(parent)
                            .thenExpand(Base64Url.ascii(label), LENGTH);
            return key(KDF.getInstance("HKDF-SHA256").deriveData(parameters));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HKDF-SHA256 is missing from this Java runtime", e);
        }
    }

    static boolean equal(byte[] a, byte[] b) {
        return MessageDigest.isEqual(a, b);
    }
}
