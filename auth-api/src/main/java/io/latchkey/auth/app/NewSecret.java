package io.latchkey.auth.app;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * A client secret of ours, to be shown once.
 *
 * @param value 43 characters of base64url
 */
public record NewSecret(String value) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    static NewSecret next() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new NewSecret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "NewSecret[]";
    }
}
