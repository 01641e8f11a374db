package io.latchkey.auth.app;

import io.latchkey.auth.limit.Limits;
import io.latchkey.events.AppId;
import io.latchkey.events.MailBranding;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
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
     * One app.
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
     */
    record Configured(
            @NotBlank String clientId,
            @Nullable String clientSecret,
            @NotBlank String name,
            @DefaultValue("default") @NotBlank String tenant,
            @DefaultValue("confidential") App.Type type,
            @NotEmpty List<String> redirectUris,
            @DefaultValue Set<String> scopes,
            @Nullable String logoUrl,
            @Nullable String color,
            @Nullable String fromName,
            @Nullable String replyTo,
            @DefaultValue("10m") @DurationMin(seconds = 60) @DurationMax(hours = 24)
                    Duration linkTtl,
            @DefaultValue("30d") @DurationMin(seconds = 60) @DurationMax(days = 30)
                    Duration sessionTtl,
            @DefaultValue("true") boolean signUpOpen,
            @DefaultValue("confirm") App.SameBrowser sameBrowser,
            @DefaultValue List<String> postLogoutRedirectUris,
            @DefaultValue Set<String> allowedOrigins,
            @DefaultValue ConfiguredLimits limits) {
        Configured {
            Stream.concat(redirectUris.stream(), postLogoutRedirectUris.stream())
                    .filter(uri -> !App.isRegistrable(uri))
                    .findFirst()
                    .ifPresent(
                            uri -> {
                                throw new IllegalArgumentException(
                                        "redirect-uris: "
                                                + uri
                                                + " (expected: absolute, https or http on loopback)");
                            });
            allowedOrigins.stream()
                    .filter(origin -> !App.isOrigin(origin))
                    .findFirst()
                    .ifPresent(
                            origin -> {
                                throw new IllegalArgumentException(
                                        "allowed-origins: "
                                                + origin
                                                + " (expected: scheme, host and port, no path)");
                            });
            if ((clientSecret == null) == (type == App.Type.CONFIDENTIAL)) {
                throw new IllegalArgumentException(
                        "client-secret (expected: for confidential apps, and only for them)");
            }
        }

        App app(ClientSecrets secrets) {
            return new App(
                    AppId.parse(clientId),
                    tenant,
                    name,
                    type,
                    clientSecret == null ? List.of() : List.of(secrets.hash(clientSecret)),
                    redirectUris,
                    scopes,
                    new MailBranding(logoUrl, color, fromName, replyTo),
                    linkTtl,
                    sessionTtl,
                    signUpOpen,
                    sameBrowser,
                    postLogoutRedirectUris,
                    allowedOrigins,
                    limits.limits(),
                    false);
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
