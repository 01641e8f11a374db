package io.latchkey.auth.token;

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
    static SigningKey of(KeyPair pair) {
        var publicKey = (ECPublicKey) pair.getPublic();
        var jwk = Jwks.builder().key(publicKey).build();
        return new SigningKey(
                jwk.thumbprint().toString(), publicKey, (ECPrivateKey) pair.getPrivate());
    }

    /** Without the private part. */
    @Override
    public String toString() {
        return "SigningKey[" + kid + "]";
    }
}
