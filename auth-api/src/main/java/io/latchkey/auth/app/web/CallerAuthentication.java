package io.latchkey.auth.app.web;

import io.latchkey.auth.app.Administrator;
import io.latchkey.auth.app.App;
import io.latchkey.auth.app.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

/** A caller that has proven who it is. */
final class CallerAuthentication extends AbstractAuthenticationToken {
    static final String APP = "APP";
    static final String ADMINISTRATOR = "ADMINISTRATOR";
    private static final long serialVersionUID = 1L;
    private final transient Caller caller;

    CallerAuthentication(Caller caller) {
        super(AuthorityUtils.createAuthorityList(authority(caller)));
        this.caller = caller;
        setAuthenticated(true);
    }

    private static String authority(Caller caller) {
        return switch (caller) {
            case App _ -> APP;
            case Administrator _ -> ADMINISTRATOR;
        };
    }

    @Override
    public String getCredentials() {
        return "";
    }

    @Override
    public Caller getPrincipal() {
        return caller;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CallerAuthentication that && caller.equals(that.caller);
    }

    @Override
    public int hashCode() {
        return caller.hashCode();
    }
}
