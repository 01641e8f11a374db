package io.latchkey.auth.app;

import io.latchkey.auth.limit.Limits;
import io.latchkey.events.AppId;
import io.latchkey.events.MailBranding;
import io.latchkey.events.MailOverrides;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
 * @param mailTemplates its own words for mails, by language tag
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
        Map<String, MailOverrides> mailTemplates,
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
        mailTemplates = Map.copyOf(mailTemplates);
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
     * Its words in the language that is nearest to a mail's.
     *
     * @param locale tag of BCP 47; English where absent, as in mails
     * @see <a href="https://datatracker.ietf.org/doc/html/rfc4647#section-3.4">RFC 4647 §3.4</a>
     */
    public MailOverrides mailTemplate(@Nullable String locale) {
        if (mailTemplates.isEmpty()) {
            return MailOverrides.NONE;
        }
        var wished = Locale.LanguageRange.parse(locale == null ? "en" : locale);
        var nearest = Locale.lookupTag(wished, mailTemplates.keySet());
        return nearest == null ? MailOverrides.NONE : byTag(nearest);
    }

    /** Whatever the case of its letters, which a lookup may change. */
    private MailOverrides byTag(String tag) {
        return mailTemplates.entrySet().stream()
                .filter(template -> template.getKey().equalsIgnoreCase(tag))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(MailOverrides.NONE);
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
