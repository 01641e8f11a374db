package io.latchkey.auth.link;

import io.latchkey.auth.token.AuthorizationResponses;
import io.latchkey.auth.token.Issuer;
import io.latchkey.events.secret.AuthorizationCode;
import io.latchkey.events.secret.KeyRing;
import java.net.URI;
import org.springframework.stereotype.Component;

/**
 * Where a confirmed link leads: the redirect URI, with the authorization code, the state and the
 * issuer.
 */
@Component
public class ConfirmRedirect {
    private final KeyRing ring;
    private final AuthorizationResponses responses;
    private final Issuer issuer;

    ConfirmRedirect(KeyRing ring, AuthorizationResponses responses, Issuer issuer) {
        this.ring = ring;
        this.responses = responses;
        this.issuer = issuer;
    }

    public URI of(Link link) {
        var code = AuthorizationCode.of(link.id(), link.kid(), ring);
        return responses.code(link.redirectUri(), code, link.state());
    }

    /** Our own origin, as browsers spell it. */
    public String origin() {
        return issuer.value();
    }
}
