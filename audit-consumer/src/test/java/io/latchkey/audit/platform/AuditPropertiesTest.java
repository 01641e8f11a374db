package io.latchkey.audit.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;

class AuditPropertiesTest {
    private static final String TOKEN = "0123456789abcdef";
    private static final String KEY = "A".repeat(43);
    private static final URI ISSUER = URI.create("https://sign-in.example");

    @Test
    void missingSecretIsNamedByBothItsNames() {
        assertThatThrownBy(() -> properties("", KEY, ISSUER))
                .hasMessageContainingAll("latchkey.audit-token", "LATCHKEY_AUDIT_TOKEN");
        assertThatThrownBy(() -> properties(TOKEN, " ", ISSUER))
                .hasMessageContainingAll("latchkey.subject-key", "LATCHKEY_SUBJECT_KEY");
    }

    @Test
    void secretIsInNoMessageAndNoText() {
        assertThatThrownBy(() -> properties("too-short", KEY, ISSUER))
                .hasMessageNotContaining("too-short");
        assertThatThrownBy(() -> properties(TOKEN, "malformed-key", ISSUER))
                .hasMessageNotContaining("malformed-key");
        assertThat(properties(TOKEN, KEY, ISSUER).toString()).doesNotContain(TOKEN, KEY);
    }

    @Test
    void issuerIsComparedAsItIsSoItHasNoSlashAtItsEnd() {
        assertThatThrownBy(() -> properties(TOKEN, KEY, URI.create("https://sign-in.example/")))
                .hasMessageContaining("latchkey.issuer-url");
    }

    private static AuditProperties properties(String token, String subjectKey, URI issuer) {
        return new AuditProperties(token, subjectKey, issuer, ISSUER.resolve("/jwks"), "node-1");
    }
}
