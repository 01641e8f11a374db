package io.latchkey.auth.token;

import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwks;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;

/**
 * An ES256 key pair.
 *
 * @param kid base64url of the SHA-256 thumbprint of the public key
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc7638">RFC 7638</a>
 */
public record SigningKey(String kid, ECPublicKey publicKey, ECPrivateKey privateKey) {
    /** A new one. */
    static SigningKey next() {
        return of(Jwts.SIG.ES256.keyPair().build());
    }

    /**
     * Whether the kid is that of the public key: else somebody has put another key in its place.
     */
    public boolean isGenuine() {
        return thumbprint(publicKey).equals(kid);
    }

    private static String thumbprint(ECPublicKey publicKey) {
        return Jwks.builder().key(publicKey).build().thumbprint().toString();
    }

    static SigningKey of(KeyPair pair) {
        var publicKey = (ECPublicKey) pair.getPublic();
        return new SigningKey(thumbprint(publicKey), publicKey, (ECPrivateKey) pair.getPrivate());
    }

    /** Without the private part. */
    @Override
    public String toString() {
        return "SigningKey[" + kid + "]";
    }
}
