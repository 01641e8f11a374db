package io.latchkey.auth.app.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.latchkey.auth.app.AppSettings;
import io.latchkey.auth.limit.Rate;
import io.latchkey.events.MailOverrides;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Settings of an app on the wire; whatever is absent is as usual. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AppSettingsBody(
        @Nullable String name,
        @Nullable List<@Nullable String> redirectUris,
        @Nullable List<@Nullable String> postLogoutRedirectUris,
        @Nullable List<@Nullable String> allowedOrigins,
        @Nullable List<@Nullable String> scopes,
        @Nullable Branding branding,
        @Nullable Long linkTtl,
        @Nullable Long sessionTtl,
        @Nullable String signUp,
        @Nullable String sameBrowser,
        @Nullable RateLimits limits,
        @Nullable Map<String, @Nullable Words> mailTemplates) {

    /** Words of mails in one language. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Words(
            @Nullable String subject,
            @Nullable String headline,
            @Nullable String body,
            @Nullable String button,
            @Nullable String footer) {
        static Words of(MailOverrides words) {
            return new Words(
                    words.subject(),
                    words.headline(),
                    words.body(),
                    words.button(),
                    words.footer());
        }

        MailOverrides overrides() {
            return new MailOverrides(subject, headline, body, button, footer);
        }

        static Map<String, @Nullable Words> of(Map<String, MailOverrides> templates) {
            var words = new TreeMap<String, @Nullable Words>();
            templates.forEach((tag, template) -> words.put(tag, of(template)));
            return words;
        }
    }

    /** How it looks in mails and pages. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Branding(
            @Nullable String logoUrl,
            @Nullable String color,
            @Nullable String fromName,
            @Nullable String replyTo) {}

    /** How often links may be asked for. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RateLimits(
            @Nullable List<@Nullable String> address, @Nullable List<@Nullable String> network) {
        static RateLimits of(List<Rate> address, List<Rate> network) {
            return new RateLimits(
                    address.stream().<@Nullable String>map(Rate::toString).toList(),
                    network.stream().<@Nullable String>map(Rate::toString).toList());
        }
    }

    static AppSettingsBody of(AppSettings settings) {
        var branding = settings.branding();
        return new AppSettingsBody(
                settings.name(),
                nullable(settings.redirectUris()),
                nullable(settings.postLogoutRedirectUris()),
                nullable(settings.allowedOrigins().stream().sorted().toList()),
                nullable(settings.scopes().stream().sorted().toList()),
                new Branding(
                        branding.logoUrl(),
                        branding.color(),
                        branding.fromName(),
                        branding.replyTo()),
                settings.linkTtl().toSeconds(),
                settings.sessionTtl().toSeconds(),
                settings.signUpOpen() ? "open" : "closed",
                settings.sameBrowser().name().toLowerCase(Locale.ROOT),
                RateLimits.of(settings.limits().address(), settings.limits().network()),
                Words.of(settings.mailTemplates()));
    }

    private static List<@Nullable String> nullable(List<String> texts) {
        return texts.stream().<@Nullable String>map(text -> text).toList();
    }
}
