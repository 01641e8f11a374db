package io.latchkey.auth.app.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.latchkey.auth.app.NewSecret;
import io.latchkey.auth.app.StoredApp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An app as an administrator sees it.
 *
 * @param clientSecret in the answer that makes it, and never again
 */
record AppResponse(
        @JsonProperty("client_id") String clientId,
        @JsonProperty("client_secret") @JsonInclude(JsonInclude.Include.NON_NULL)
                @Nullable String clientSecret,
        String name,
        String tenant,
        String type,
        @JsonProperty("redirect_uris") List<String> redirectUris,
        @JsonProperty("post_logout_redirect_uris") List<String> postLogoutRedirectUris,
        @JsonProperty("allowed_origins") List<String> allowedOrigins,
        List<String> scopes,
        Branding branding,
        @JsonProperty("link_ttl") long linkTtl,
        @JsonProperty("session_ttl") long sessionTtl,
        @JsonProperty("sign_up") String signUp,
        @JsonProperty("same_browser") String sameBrowser,
        RateLimits limits,
        @JsonProperty("mail_templates") Map<String, AppSettingsBody.@Nullable Words> mailTemplates,
        @JsonProperty("created_at") Instant createdAt) {

    /** How it looks in mails and pages. */
    record Branding(
            @JsonProperty("logo_url") @Nullable String logoUrl,
            @Nullable String color,
            @JsonProperty("from_name") @Nullable String fromName,
            @JsonProperty("reply_to") @Nullable String replyTo) {}

    /** How often links may be asked for. */
    record RateLimits(List<String> address, List<String> network) {}

    static AppResponse of(StoredApp stored) {
        return of(stored, null);
    }

    static AppResponse of(StoredApp stored, @Nullable NewSecret secret) {
        var app = stored.app();
        var branding = app.branding();
        return new AppResponse(
                app.id().toString(),
                secret == null ? null : secret.value(),
                app.name(),
                app.tenant(),
                app.type().name().toLowerCase(Locale.ROOT),
                app.redirectUris(),
                app.postLogoutRedirectUris(),
                app.allowedOrigins().stream().sorted().toList(),
                app.scopes().stream().sorted().toList(),
                new Branding(
                        branding.logoUrl(),
                        branding.color(),
                        branding.fromName(),
                        branding.replyTo()),
                app.linkTtl().toSeconds(),
                app.sessionTtl().toSeconds(),
                app.signUpOpen() ? "open" : "closed",
                app.sameBrowser().name().toLowerCase(Locale.ROOT),
                new RateLimits(
                        app.limits().address().stream().map(Object::toString).toList(),
                        app.limits().network().stream().map(Object::toString).toList()),
                AppSettingsBody.Words.of(app.mailTemplates()),
                stored.createdAt());
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "AppResponse[" + clientId + "]";
    }
}
