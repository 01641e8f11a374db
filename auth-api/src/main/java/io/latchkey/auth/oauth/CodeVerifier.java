package io.latchkey.auth.oauth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * What proves that the client which redeems a code is the one that asked for it.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc7636#section-4.1">RFC 7636 §4.1</a>
 */
final class CodeVerifier {
    private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

    private CodeVerifier() {}

    /** S256; of a malformed verifier something that is no challenge. */
    static String challenge(String verifier) {
        if (!VERIFIER.matcher(verifier).matches()) {
            return "malformed";
        }
        try {
            var hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing from this Java runtime", e);
        }
    }
}
