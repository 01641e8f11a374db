package io.latchkey.auth.app.web;

import io.latchkey.auth.app.App;
import io.latchkey.auth.app.AppSettings;
import io.latchkey.auth.limit.Limits;
import io.latchkey.auth.limit.Rate;
import io.latchkey.auth.platform.MergePatch;
import io.latchkey.auth.platform.StrictJson;
import io.latchkey.auth.problem.FieldErrors;
import io.latchkey.auth.problem.Problem;
import io.latchkey.events.MailBranding;
import io.latchkey.events.MailOverrides;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns bodies into apps' settings, or says everything that is wrong with them at once. */
@Component
class AppSettingsReader {
    private static final String TENANT = "tenant";
    private static final String TYPE = "type";
    private final StrictJson json;

    AppSettingsReader(StrictJson json) {
        this.json = json;
    }

    /** A well-formed request for a new app. */
    record NewApp(String tenant, App.Type type, AppSettings settings) {}

    /**
     * @throws Problem {@code invalid_request} with one entry per field
     */
    NewApp read(byte[] body, String usualTenant) {
        var sent = json.tree(body);
        var check = new Check();
        var tenant = check.tenant(sent.remove(TENANT), usualTenant);
        var type = check.type(sent.remove(TYPE));
        return new NewApp(tenant, type, settings(sent, check));
    }

    /**
     * The settings after a merge patch; what it removes is as usual again.
     *
     * @throws Problem {@code invalid_request} with one entry per field
     * @see <a href="https://datatracker.ietf.org/doc/html/rfc7396">RFC 7396</a>
     */
    AppSettings patched(AppSettings present, byte[] patch) {
        var sent = json.tree(patch);
        // Before it is merged: what is removed leaves no trace, whether it is a setting or not.
        json.convert(sent, AppSettingsBody.class);
        var merged = MergePatch.apply(json.tree(AppSettingsBody.of(present)), sent);
        return settings(merged, new Check());
    }

    private AppSettings settings(ObjectNode sent, Check check) {
        var settings = check.settings(json.convert(sent, AppSettingsBody.class));
        check.addAll(settings.errors());
        check.end();
        return settings;
    }

    private static final class Check extends FieldErrors {
        String tenant(@Nullable JsonNode sent, String usual) {
            if (sent == null || sent.isNull()) {
                return usual;
            }
            if (!sent.isString() || !AppSettings.isTenant(sent.stringValue())) {
                expected("/tenant", "1 to 64 characters of [A-Za-z0-9._-]");
                return usual;
            }
            return sent.stringValue();
        }

        App.Type type(@Nullable JsonNode sent) {
            if (sent == null || sent.isNull()) {
                return App.Type.CONFIDENTIAL;
            }
            return constant(
                    "/type",
                    sent.isString() ? sent.stringValue() : "",
                    App.Type.values(),
                    App.Type.CONFIDENTIAL);
        }

        AppSettings settings(AppSettingsBody sent) {
            return new AppSettings(
                    sent.name() == null ? "" : sent.name(),
                    texts("/redirect_uris", sent.redirectUris()),
                    texts("/post_logout_redirect_uris", sent.postLogoutRedirectUris()),
                    new HashSet<>(texts("/allowed_origins", sent.allowedOrigins())),
                    new HashSet<>(texts("/scopes", sent.scopes())),
                    branding(sent.branding()),
                    seconds(sent.linkTtl(), AppSettings.LINK_TTL),
                    seconds(sent.sessionTtl(), AppSettings.SESSION_TTL),
                    constant("/sign_up", sent.signUp(), SignUp.values(), SignUp.OPEN)
                            == SignUp.OPEN,
                    constant(
                            "/same_browser",
                            sent.sameBrowser(),
                            App.SameBrowser.values(),
                            App.SameBrowser.CONFIRM),
                    limits(sent.limits()),
                    templates(sent.mailTemplates()));
        }

        private List<String> texts(String pointer, @Nullable List<@Nullable String> sent) {
            if (sent == null) {
                return List.of();
            }
            if (sent.contains(null)) {
                expected(pointer, "no null in it");
            }
            return sent.stream().filter(Objects::nonNull).toList();
        }

        private static MailBranding branding(AppSettingsBody.@Nullable Branding sent) {
            return sent == null
                    ? MailBranding.NONE
                    : new MailBranding(
                            sent.logoUrl(), sent.color(), sent.fromName(), sent.replyTo());
        }

        /** Beyond what a duration holds, too: that is refused with all other bounds. */
        private static Duration seconds(@Nullable Long sent, Duration usual) {
            return sent == null ? usual : Duration.ofSeconds(sent);
        }

        private <E extends Enum<E>> E constant(
                String pointer, @Nullable String sent, E[] all, E usual) {
            if (sent == null) {
                return usual;
            }
            return Arrays.stream(all)
                    .filter(one -> word(one).equals(sent))
                    .findFirst()
                    .orElseGet(
                            () -> {
                                expected(
                                        pointer,
                                        String.join(
                                                ", ",
                                                Arrays.stream(all).map(Check::word).toList()));
                                return usual;
                            });
        }

        private static String word(Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        }

        private Map<String, MailOverrides> templates(
                @Nullable Map<String, AppSettingsBody.@Nullable Words> sent) {
            var templates = new HashMap<String, MailOverrides>();
            if (sent != null) {
                sent.forEach(
                        (tag, words) ->
                                templates.put(
                                        tag,
                                        words == null ? MailOverrides.NONE : words.overrides()));
            }
            return templates;
        }

        private Limits limits(AppSettingsBody.@Nullable RateLimits sent) {
            return sent == null
                    ? Limits.DEFAULT
                    : new Limits(
                            rates("/limits/address", sent.address(), Limits.DEFAULT.address()),
                            rates("/limits/network", sent.network(), Limits.DEFAULT.network()));
        }

        private List<Rate> rates(
                String pointer, @Nullable List<@Nullable String> sent, List<Rate> usual) {
            if (sent == null) {
                return usual;
            }
            try {
                if (sent.size() <= Limits.MOST) {
                    return texts(pointer, sent).stream().map(Rate::parse).toList();
                }
            } catch (IllegalArgumentException e) {
                // Answered below: its message repeats what was sent.
            }
            expected(
                    pointer,
                    "at most " + Limits.MOST + " of the form number/period, such as 5/15m");
            return usual;
        }
    }

    /** Who may become a user. */
    private enum SignUp {
        OPEN,
        CLOSED
    }
}
