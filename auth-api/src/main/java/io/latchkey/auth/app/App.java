package io.latchkey.auth.app;

import io.latchkey.auth.limit.Limits;
import io.latchkey.events.AppId;
import io.latchkey.events.MailBranding;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An OAuth client, whose users sign in by link.
 *
 * @param tenant the set of apps that share users
 * @param secretHashes of the client secrets that are valid now, two at most; none for a public app
 * @param redirectUris exact; loopback ones of a public app match with any port
 * @param scopes what its own access token may ask for
 * @param linkTtl life of its links from the hand-over, where the caller gives none
 * @param sessionTtl longest life of its sessions
 * @param signUpOpen whether a stranger's address becomes a user
 * @param postLogoutRedirectUris exact
 * @param allowedOrigins of pages that may call us from a browser, as browsers spell them
 * @param builtIn whether it is its tenant's {@code account}, whose sessions are those of our pages
 */
public record App(
        AppId id,
        String tenant,
        String name,
        Type type,
        List<String> secretHashes,
        List<String> redirectUris,
        Set<String> scopes,
        MailBranding branding,
        Duration linkTtl,
        Duration sessionTtl,
        boolean signUpOpen,
        SameBrowser sameBrowser,
        List<String> postLogoutRedirectUris,
        Set<String> allowedOrigins,
        Limits limits,
        boolean builtIn)
        implements Caller {
    private static final Pattern LOOPBACK_PORT =
            Pattern.compile(
                    "^(http://(?:127\\.0\\.0\\.1|\\[::1\\]|localhost))(?::[0-9]{1,5})?(/.*)?$");

    /** Whether it can keep a secret. */
    public enum Type {
        CONFIDENTIAL,
        PUBLIC
    }

    /** What a browser must do that is not the one that asked. */
    public enum SameBrowser {
        /** It is refused. */
        REQUIRED,
        /** It types the address as well. */
        CONFIRM,
        /** Nothing. */
        OFF
    }

    public App {
        secretHashes = List.copyOf(secretHashes);
        redirectUris = List.copyOf(redirectUris);
        scopes = Set.copyOf(scopes);
        postLogoutRedirectUris = List.copyOf(postLogoutRedirectUris);
        allowedOrigins = Set.copyOf(allowedOrigins);
    }

    @Override
    public AppId appId() {
        return id;
    }

    @Override
    public String actor() {
        return id.toString();
    }

    @Override
    public boolean mayUse(String other) {
        return tenant.equals(other);
    }

    @Override
    public String ownTenant() {
        return tenant;
    }

    /**
     * Character by character; only the port of a public app's loopback URI is free.
     *
     * @see <a href="https://datatracker.ietf.org/doc/html/rfc8252#section-7.3">RFC 8252 §7.3</a>
     */
    public boolean allowsRedirectTo(String uri) {
        if (redirectUris.contains(uri)) {
            return true;
        }
        return type == Type.PUBLIC
                && withoutLoopbackPort(uri)
                        .filter(
                                bare ->
                                        redirectUris.stream()
                                                .anyMatch(
                                                        r ->
                                                                withoutLoopbackPort(r)
                                                                        .equals(Optional.of(bare))))
                        .isPresent();
    }

    private static Optional<String> withoutLoopbackPort(String uri) {
        var match = LOOPBACK_PORT.matcher(uri);
        return match.matches()
                ? Optional.of(match.group(1) + (match.group(2) == null ? "" : match.group(2)))
                : Optional.empty();
    }

    /** Whether it may be an allowed origin: scheme, host and port, as browsers spell it. */
    public static boolean isOrigin(String text) {
        return isRegistrable(text)
                && text.equals(text.toLowerCase(Locale.ROOT))
                && text.indexOf('/', text.indexOf("//") + 2) < 0
                && text.indexOf('?') < 0
                && !text.matches("https://.*:443|http://.*:80|.*:");
    }

    /** Whether a URI may be registered: https, or http on loopback, absolute, without fragment. */
    public static boolean isRegistrable(String uri) {
        try {
            var parsed = URI.create(uri);
            return parsed.getHost() != null
                    && parsed.getRawFragment() == null
                    && parsed.getRawUserInfo() == null
                    && ("https".equals(parsed.getScheme()) || LOOPBACK_PORT.matcher(uri).matches());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
