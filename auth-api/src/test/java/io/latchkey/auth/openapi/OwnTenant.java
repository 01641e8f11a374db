package io.latchkey.auth.openapi;

import static io.latchkey.auth.Api.body;
import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.RunningAuthApi.REDIRECT;
import static io.latchkey.auth.RunningAuthApi.SIGNED_OUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.latchkey.auth.Api;
import io.latchkey.auth.Backend;
import io.latchkey.auth.Browser;
import io.latchkey.auth.RunningAuthApi;
import io.latchkey.auth.TestEvents;
import io.latchkey.auth.TestRows;
import io.latchkey.events.AppId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An app whose tenant is nobody else's, and a user with a session: whatever changes is seen. */
final class OwnTenant {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Also apps that would be made elsewhere, and keys, which belong to nobody. */
    private static final String ROWS =
            """
            WITH own AS (SELECT ?::text AS tenant)
            SELECT 'app' AS kept, a::text AS content
              FROM auth.app a JOIN own USING (tenant)
            UNION ALL
            SELECT 'user', u::text FROM auth."user" u JOIN own USING (tenant)
            UNION ALL
            SELECT 'link', l::text FROM auth.link l JOIN own USING (tenant)
            UNION ALL
            SELECT 'session', s::text FROM auth.session s JOIN own USING (tenant)
            UNION ALL
            SELECT 'idempotency_key', k::text
              FROM auth.idempotency_key k JOIN auth.app a ON a.id = k.app_id JOIN own USING (tenant)
            UNION ALL
            SELECT 'apps', count(*)::text FROM auth.app
            UNION ALL
            SELECT 'deleted apps', count(*)::text FROM auth.deleted_app
            UNION ALL
            SELECT 'signing_key', kid FROM auth.signing_key
             ORDER BY 1, 2
            """;

    private final String tenant = "malformed-" + UUID.randomUUID();
    private final AppId app;
    private final String secret;
    private final JsonNode tokens;
    private final String userId;

    OwnTenant() {
        try (var administrator = Api.administrator()) {
            var made =
                    body(
                            administrator.post(
                                    "/api/v1/apps",
                                    Map.of(
                                            "name",
                                            "Malformed",
                                            "tenant",
                                            tenant,
                                            "redirect_uris",
                                            List.of(REDIRECT),
                                            "post_logout_redirect_uris",
                                            List.of(SIGNED_OUT))),
                            201);
            app = AppId.parse(made.required("client_id").stringValue());
            secret = made.required("client_secret").stringValue();
        }
        try (var backend = new Backend(app, RunningAuthApi.get().url(), secret)) {
            tokens = backend.signIn(newAddress());
        }
        try (var api = Api.of(app.toString(), secret)) {
            userId =
                    body(api.get("/api/v1/sessions/" + token("session_id")), 200)
                            .required("user_id")
                            .stringValue();
        }
    }

    String tenant() {
        return tenant;
    }

    String clientId() {
        return app.toString();
    }

    String secret() {
        return secret;
    }

    String authorization() {
        return Browser.basic(app, secret);
    }

    /** Of its user's session. */
    String token(String name) {
        return tokens.required(name).stringValue();
    }

    /** A path of the document, about what is there. */
    String path(String template) {
        return template.replace("{user_id}", userId)
                .replace("{client_id}", clientId())
                .replace("{session_id}", token("session_id"))
                .replace("{suppression_id}", "supp_01hzzzzzzzzzzzzzzzzzzzzzzz")
                .replace("{link_id}", "link_01hzzzzzzzzzzzzzzzzzzzzzzz");
    }

    List<Map<String, @Nullable String>> rows() {
        return TestRows.select(ROWS, tenant);
    }

    /**
     * That no request whose id begins so is in an event, once the event of a later one is there.
     */
    static void assertNoEvents(String prefix, String later) {
        await().atMost(PATIENCE).until(() -> !TestEvents.recordsAbout(later).isEmpty());
        assertThat(TestEvents.recordsAbout(prefix)).isEmpty();
        assertThat(TestRows.count("FROM auth.outbox WHERE data::text LIKE ?", "%" + prefix + "%"))
                .isZero();
    }
}
