package io.latchkey.auth.app;

import io.latchkey.auth.limit.Limits;
import io.latchkey.auth.problem.FieldError;
import io.latchkey.events.AppId;
import io.latchkey.events.EmailAddress;
import io.latchkey.events.MailBranding;
import io.latchkey.events.MailOverrides;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What may be changed of an app, wherever it comes from. Not yet checked: {@link #errors} says what
 * is wrong with it.
 *
 * @param name as people know it, 1 to {@value #MOST_CHARACTERS} characters of one line
 * @param redirectUris 1 to {@value #MOST_ENTRIES}
 * @param scopes what its own access token may ask for
 * @param linkTtl 60 s to 24 h
 * @param sessionTtl 60 s to 30 days
 * @param mailTemplates by language tag in its usual spelling, such as {@code de-AT}
 */
public record AppSettings(
        String name,
        List<String> redirectUris,
        List<String> postLogoutRedirectUris,
        Set<String> allowedOrigins,
        Set<String> scopes,
        MailBranding branding,
        Duration linkTtl,
        Duration sessionTtl,
        boolean signUpOpen,
        App.SameBrowser sameBrowser,
        Limits limits,
        Map<String, MailOverrides> mailTemplates) {
    public static final Duration LINK_TTL = Duration.ofMinutes(10);
    public static final Duration SESSION_TTL = Duration.ofDays(30);
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST_LINK = Duration.ofDays(1);
    private static final Duration LONGEST_SESSION = Duration.ofDays(30);
    private static final int MOST_CHARACTERS = 100;
    private static final int MOST_ENTRIES = 100;
    private static final int MOST_LANGUAGES = 50;
    private static final int LONGEST_URI = 2048;
    private static final Pattern ONE_LINE = Pattern.compile("[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]+");
    private static final Pattern COLOR = Pattern.compile("#[0-9A-Fa-f]{6}");
    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** A scope token of RFC 6749 §3.3. */
    private static final Pattern SCOPE = Pattern.compile("[!#-\\[\\]-~]{1,64}");

    public AppSettings {
        redirectUris = List.copyOf(redirectUris);
        postLogoutRedirectUris = List.copyOf(postLogoutRedirectUris);
        allowedOrigins = Set.copyOf(allowedOrigins);
        scopes = Set.copyOf(scopes);
        mailTemplates = Map.copyOf(mailTemplates);
    }

    public static AppSettings of(App app) {
        return new AppSettings(
                app.name(),
                app.redirectUris(),
                app.postLogoutRedirectUris(),
                app.allowedOrigins(),
                app.scopes(),
                app.branding(),
                app.linkTtl(),
                app.sessionTtl(),
                app.signUpOpen(),
                app.sameBrowser(),
                app.limits(),
                app.mailTemplates());
    }

    /** An app that is set so. */
    public App app(AppId id, String tenant, App.Type type, List<String> secretHashes) {
        return new App(
                id,
                tenant,
                name,
                type,
                secretHashes,
                redirectUris,
                scopes,
                branding,
                linkTtl,
                sessionTtl,
                signUpOpen,
                sameBrowser,
                postLogoutRedirectUris,
                allowedOrigins,
                limits,
                mailTemplates,
                false);
    }

    /** Whether it may name a tenant. */
    public static boolean isTenant(String text) {
        return TENANT.matcher(text).matches();
    }

    /** What is wrong, by the names that the native API gives to fields; empty if nothing is. */
    public List<FieldError> errors() {
        var check = new Check();
        check.field("/name", isLine(name), "1 to 100 characters of one line");
        check.field("/redirect_uris", !redirectUris.isEmpty(), "at least one");
        check.each("/redirect_uris", redirectUris, AppSettings::isUri, URI_FORM);
        check.each(
                "/post_logout_redirect_uris", postLogoutRedirectUris, AppSettings::isUri, URI_FORM);
        check.each(
                "/allowed_origins",
                allowedOrigins,
                App::isOrigin,
                "scheme, host and port as browsers spell them, no path");
        check.each(
                "/scopes", scopes, s -> SCOPE.matcher(s).matches(), "1 to 64 characters, no blank");
        check.branding(branding);
        check.field("/link_ttl", isBetween(linkTtl, LONGEST_LINK), "60 to 86400 seconds");
        check.field(
                "/session_ttl", isBetween(sessionTtl, LONGEST_SESSION), "60 to 2592000 seconds");
        check.templates(mailTemplates);
        return check.errors;
    }

    private static final String URI_FORM =
            "absolute, https or http on loopback, no fragment, at most 2048 characters";

    private static boolean isUri(String uri) {
        return uri.length() <= LONGEST_URI && App.isRegistrable(uri);
    }

    private static boolean isLine(String text) {
        return !text.isBlank()
                && text.length() <= MOST_CHARACTERS
                && ONE_LINE.matcher(text).matches();
    }

    private static boolean isBetween(Duration duration, Duration longest) {
        return duration.compareTo(SHORTEST) >= 0 && duration.compareTo(longest) <= 0;
    }

    private static final class Check {
        final List<FieldError> errors = new ArrayList<>();

        void field(String pointer, boolean holds, String expected) {
            if (!holds) {
                errors.add(new FieldError(pointer, "expected: " + expected));
            }
        }

        void each(
                String pointer,
                Collection<String> entries,
                Predicate<String> allowed,
                String expected) {
            field(pointer, entries.size() <= MOST_ENTRIES, "at most " + MOST_ENTRIES);
            field(pointer, entries.stream().allMatch(allowed), "each " + expected);
        }

        void templates(Map<String, MailOverrides> templates) {
            field("/mail_templates", templates.size() <= MOST_LANGUAGES, "at most 50 languages");
            templates.forEach(
                    (tag, words) -> {
                        // A place is named by a tag only where that is one.
                        var isTag = MailRules.locale(tag).filter(tag::equals).isPresent();
                        field("/mail_templates", isTag, "each by " + MailRules.LOCALE_FORM);
                        errors.addAll(
                                MailRules.errors(
                                        "/mail_templates" + (isTag ? "/" + tag : ""), words));
                    });
        }

        void branding(MailBranding branding) {
            field(
                    "/branding/logo_url",
                    isAbsent(branding.logoUrl(), AppSettings.Check::isHttps),
                    "an absolute https URL of at most 2048 characters");
            field(
                    "/branding/color",
                    isAbsent(branding.color(), c -> COLOR.matcher(c).matches()),
                    "#rrggbb");
            field(
                    "/branding/from_name",
                    isAbsent(branding.fromName(), AppSettings::isLine),
                    "1 to 100 characters of one line");
            field(
                    "/branding/reply_to",
                    isAbsent(branding.replyTo(), Check::isMailbox),
                    "a mailbox");
        }

        private static boolean isAbsent(@Nullable String text, Predicate<String> orElse) {
            return text == null || orElse.test(text);
        }

        private static boolean isHttps(String url) {
            return isUri(url) && "https".equals(URI.create(url).getScheme());
        }

        private static boolean isMailbox(String text) {
            try {
                EmailAddress.parse(text);
                return true;
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
    }
}
