package io.latchkey.auth.app;

import io.latchkey.auth.limit.Limits;
import io.latchkey.auth.problem.FieldError;
import io.latchkey.events.AppId;
import io.latchkey.events.MailBranding;
import io.latchkey.events.MailOverrides;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Apps that are created at start where they are absent, and never changed afterwards.
 *
 * @param configured the apps
 */
@Validated
@ConfigurationProperties("latchkey.app")
record AppProperties(@DefaultValue List<@Valid Configured> configured) {

    /**
     * One app; {@link AppSettings} says what its settings may be.
     *
     * @param clientId its id, {@code app_…}
     * @param clientSecret of a confidential app, 16 to 72 bytes
     * @param name as people know it
     * @param tenant the set of apps it shares users with
     * @param redirectUris exact; https, or http on loopback
     * @param scopes what its own access token may ask for, such as {@code audit.read}
     * @param linkTtl life of a link from its hand-over; 60 s to 24 h
     * @param sessionTtl longest life of a session; 60 s to 30 days
     * @param signUpOpen whether a stranger's address becomes a user
     * @param postLogoutRedirectUris exact; of the same form as redirect URIs
     * @param allowedOrigins of pages that may call from a browser
     * @param limits how often links may be asked for
     * @param mailTemplates its own words for mails, by language tag
     */
    record Configured(
            @NotBlank String clientId,
            @Nullable String clientSecret,
            @DefaultValue("") String name,
            @DefaultValue("default") String tenant,
            @DefaultValue("confidential") App.Type type,
            @DefaultValue List<String> redirectUris,
            @DefaultValue Set<String> scopes,
            @Nullable String logoUrl,
            @Nullable String color,
            @Nullable String fromName,
            @Nullable String replyTo,
            @DefaultValue("10m") Duration linkTtl,
            @DefaultValue("30d") Duration sessionTtl,
            @DefaultValue("true") boolean signUpOpen,
            @DefaultValue("confirm") App.SameBrowser sameBrowser,
            @DefaultValue List<String> postLogoutRedirectUris,
            @DefaultValue Set<String> allowedOrigins,
            @DefaultValue ConfiguredLimits limits,
            @DefaultValue Map<String, MailOverrides> mailTemplates) {

        /**
         * @throws IllegalArgumentException naming every setting that may not be so
         */
        App app(ClientSecrets secrets) {
            var settings = settings();
            var errors = settings.errors();
            if (!errors.isEmpty()) {
                throw refused(
                        errors.stream().map(Configured::named).collect(Collectors.joining("; ")));
            }
            if (!AppSettings.isTenant(tenant)) {
                throw refused("tenant (expected: 1 to 64 characters of [A-Za-z0-9._-])");
            }
            if ((clientSecret == null) == (type == App.Type.CONFIDENTIAL)) {
                throw refused("client-secret (expected: for confidential apps, and only for them)");
            }
            return settings.app(
                    AppId.parse(clientId),
                    tenant,
                    type,
                    clientSecret == null ? List.of() : List.of(secrets.hash(clientSecret)));
        }

        private AppSettings settings() {
            return new AppSettings(
                    name,
                    redirectUris,
                    postLogoutRedirectUris,
                    allowedOrigins,
                    scopes,
                    new MailBranding(logoUrl, color, fromName, replyTo),
                    linkTtl,
                    sessionTtl,
                    signUpOpen,
                    sameBrowser,
                    limits.limits(),
                    mailTemplates);
        }

        private IllegalArgumentException refused(String what) {
            return new IllegalArgumentException(
                    "latchkey.app.configured " + clientId + ": " + what);
        }

        /** As configuration spells it. */
        private static String named(FieldError error) {
            return error.pointer().replaceFirst("^/(branding/)?", "").replace('_', '-')
                    + " ("
                    + error.detail()
                    + ")";
        }

        @Override
        public String toString() {
            return "Configured[" + clientId + ", " + name + "]";
        }
    }

    /**
     * How often links may be asked for, {@code 5/15m} and so on.
     *
     * @param address for one address
     * @param network from one network
     */
    record ConfiguredLimits(
            @DefaultValue({"5/15m", "20/1d"}) List<String> address,
            @DefaultValue("60/5m") List<String> network) {
        Limits limits() {
            return Limits.of(address, network);
        }
    }
}
