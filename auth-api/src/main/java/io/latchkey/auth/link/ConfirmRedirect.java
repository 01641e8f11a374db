package io.latchkey.auth.link;

import io.latchkey.auth.token.Issuer;
import io.latchkey.events.secret.AuthorizationCode;
import io.latchkey.events.secret.KeyRing;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.springframework.stereotype.Component;

/**
 * Where a confirmed link leads: the redirect URI, with the authorization code, the state and the
 * issuer.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc6749#section-4.1.2">RFC 6749 §4.1.2</a>
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc9207#section-2">RFC 9207 §2</a>
 */
@Component
public class ConfirmRedirect {
    private final KeyRing ring;
    private final Issuer issuer;

    ConfirmRedirect(KeyRing ring, Issuer issuer) {
        this.ring = ring;
        this.issuer = issuer;
    }

    /** The registered URI itself is never re-encoded. */
    public URI of(Link link) {
        var target = new StringBuilder(link.redirectUri());
        target.append(link.redirectUri().indexOf('?') < 0 ? '?' : '&');
        target.append("code=").append(AuthorizationCode.of(link.id(), link.kid(), ring));
        if (link.state() != null) {
            target.append("&state=").append(encode(link.state()));
        }
        return URI.create(target.append("&iss=").append(encode(issuer.value())).toString());
    }

    /** Our own origin, as browsers spell it. */
    public String origin() {
        return issuer.value();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
