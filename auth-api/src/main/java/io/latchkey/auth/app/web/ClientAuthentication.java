package io.latchkey.auth.app.web;

import io.latchkey.auth.app.App;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** An app that has proven who it is. */
final class ClientAuthentication extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1L;
    private final transient App app;

    ClientAuthentication(App app) {
        super(List.of());
        this.app = app;
        setAuthenticated(true);
    }

    @Override
    public String getCredentials() {
        return "";
    }

    @Override
    public App getPrincipal() {
        return app;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ClientAuthentication that && app.equals(that.app);
    }

    @Override
    public int hashCode() {
        return app.hashCode();
    }
}
