package io.latchkey.audit.platform;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.AuthenticatedPrincipal;

/**
 * Who reads the trail, and how much of it.
 *
 * @param name {@code audit} for the audit token, else the client id of the access token
 * @param tenant the only tenant whose events are seen; absent for the audit token, which sees all
 * @param expiresAt when the credential ends; absent where it does not
 */
public record AuditReader(String name, @Nullable String tenant, @Nullable Instant expiresAt)
        implements AuthenticatedPrincipal {
    /** The holder of the audit token. */
    static AuditReader ofAllTenants() {
        return new AuditReader("audit", null, null);
    }

    /** The same, until a time. */
    static AuditReader ofAllTenants(Instant until) {
        return new AuditReader("audit", null, until);
    }

    @Override
    public String getName() {
        return name;
    }
}
