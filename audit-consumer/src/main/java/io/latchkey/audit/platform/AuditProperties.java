package io.latchkey.audit.platform;

import io.latchkey.events.secret.SubjectKey;
import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What every installation sets. Without the two secrets the process does not start.
 *
 * @param auditToken bearer token that reads the trail of all tenants; at least 16 characters
 * @param subjectKey base64url of 32 bytes, the same as auth-api's: finds events by address
 * @param issuerUrl the {@code iss} and an {@code aud} of access tokens that may read; no slash at
 *     its end
 * @param jwksUrl where the issuer's public keys are fetched; an internal address may differ from
 *     the issuer's
 * @param node names this process in the {@code source} of events; up to 64 characters
 */
@ConfigurationProperties("latchkey")
public record AuditProperties(
        String auditToken, String subjectKey, URI issuerUrl, URI jwksUrl, String node) {
    private static final int MIN_TOKEN = 16;

    public AuditProperties {
        require(
                auditToken.length() >= MIN_TOKEN,
                "latchkey.audit-token (LATCHKEY_AUDIT_TOKEN): missing or too short (expected: at"
                        + " least 16 characters)");
        require(
                isSubjectKey(subjectKey),
                "latchkey.subject-key (LATCHKEY_SUBJECT_KEY): missing or malformed (expected:"
                        + " base64url of 32 bytes, 43 characters)");
        require(
                issuerUrl.isAbsolute() && !issuerUrl.toString().endsWith("/"),
                "latchkey.issuer-url: "
                        + issuerUrl
                        + " (expected: an absolute URL without a slash"
                        + " at its end)");
        require(
                jwksUrl.isAbsolute(),
                "latchkey.jwks-url: " + jwksUrl + " (expected: an absolute URL)");
    }

    /** The key that addresses are hashed with. */
    public SubjectKey parsedSubjectKey() {
        return SubjectKey.parse(subjectKey);
    }

    private static boolean isSubjectKey(String text) {
        try {
            return !SubjectKey.parse(text).toString().isEmpty();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new UnusableSettingException(message);
        }
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "AuditProperties[issuerUrl="
                + issuerUrl
                + ", jwksUrl="
                + jwksUrl
                + ", node="
                + node
                + "]";
    }
}
