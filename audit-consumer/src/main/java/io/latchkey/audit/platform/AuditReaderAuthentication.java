package io.latchkey.audit.platform;

import java.util.Collection;
import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;

/** A credential was checked; it may read if it has {@link #READ}. Keeps no credential. */
final class AuditReaderAuthentication extends AbstractAuthenticationToken {
    static final String READ = "audit.read";

    /** Of whoever sees the events of all tenants. */
    static final String READ_ALL = "audit.read_all";

    private static final long serialVersionUID = 1L;
    private final transient AuditReader reader;

    private AuditReaderAuthentication(
            AuditReader reader, Collection<? extends GrantedAuthority> authorities) {
        super(authorities);
        this.reader = reader;
        setAuthenticated(true);
    }

    static AuditReaderAuthentication mayRead(AuditReader reader) {
        return new AuditReaderAuthentication(
                reader,
                reader.tenant() == null
                        ? AuthorityUtils.createAuthorityList(READ, READ_ALL)
                        : AuthorityUtils.createAuthorityList(READ));
    }

    /** Known, but without the right to read: {@code 403}, not {@code 401}. */
    static AuditReaderAuthentication mayNotRead(AuditReader reader) {
        return new AuditReaderAuthentication(reader, List.of());
    }

    @Override
    public AuditReader getPrincipal() {
        return reader;
    }

    @Override
    public String getCredentials() {
        return "";
    }
}
