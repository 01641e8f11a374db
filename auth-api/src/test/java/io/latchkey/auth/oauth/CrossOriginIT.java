package io.latchkey.auth.oauth;

import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.RunningAuthApi.APP;
import static io.latchkey.auth.RunningAuthApi.ORIGIN;
import static io.latchkey.auth.RunningAuthApi.PUBLIC;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.auth.Backend;
import io.latchkey.auth.Browser;
import io.latchkey.auth.RunningAuthApi;
import java.net.http.HttpResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which pages may read what we answer a browser. */
class CrossOriginIT {
    private static final String SISTERS = "https://sister.example";
    private static final String NOBODYS = "https://evil.example";
    private final Browser http = new Browser(RunningAuthApi.get().url());
    private final Backend backend = new Backend(APP);

    @AfterEach
    void close() {
        http.close();
        backend.close();
    }

    @ParameterizedTest
    @CsvSource({"/.well-known/openid-configuration, 300", "/oauth2/jwks, 60"})
    void whatIsPublicIsForAll(String path, int seconds) {
        var answer = http.get(path, "Origin", NOBODYS);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(allowed(answer)).isEqualTo("*");
        assertThat(answer.headers().firstValue("Cache-Control"))
                .hasValue("max-age=" + seconds + ", public");
        assertThat(allowed(preflight(path, NOBODYS, "GET"))).isEqualTo("*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/oauth2/token", "/oauth2/revoke", "/oauth2/userinfo"})
    void aPreflightPassesForPagesOfSomeApp(String path) {
        for (var origin : new String[] {ORIGIN, SISTERS}) {
            var answer = preflight(path, origin, "POST");

            assertThat(answer.statusCode()).isEqualTo(204);
            assertThat(allowed(answer)).isEqualTo(origin);
            assertThat(answer.headers().firstValue("Access-Control-Allow-Methods").orElseThrow())
                    .contains("POST");
            assertThat(answer.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
                    .contains("Authorization", "Content-Type");
            assertThat(answer.headers().allValues("Vary")).contains("Origin");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                NOBODYS,
                "null",
                "http://app.example",
                "https://app.example:8443",
                "https://app.example/",
                "https://APP.example",
                "https://sub.app.example",
                "https://app.example.evil.example"
            })
    void noOtherPagePasses(String origin) {
        assertThat(allowed(preflight("/oauth2/token", origin, "POST"))).isNull();
        assertThat(allowed(refresh("x", origin))).isNull();
        var token = backend.signIn(newAddress()).required("access_token").stringValue();
        assertThat(allowed(userInfo(token, origin))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/oauth2/introspect",
                "/oauth2/authorize",
                "/oauth2/logout",
                "/api/v1/links"
            })
    void theRestIsForNoPage(String path) {
        assertThat(allowed(preflight(path, ORIGIN, "POST"))).isNull();
        assertThat(
                        allowed(
                                http.postForm(
                                        path,
                                        Map.of("token", "x"),
                                        "Origin",
                                        ORIGIN,
                                        "Authorization",
                                        backend.authorization())))
                .isNull();
    }

    @Test
    void theCallItselfIsReadByPagesOfItsOwnAppAlone() {
        var token = backend.signIn(newAddress()).required("access_token").stringValue();

        assertThat(allowed(userInfo(token, ORIGIN))).isEqualTo(ORIGIN);
        assertThat(allowed(userInfo(token, SISTERS))).isNull();
        assertThat(allowed(refresh("x", SISTERS))).isNull();
        var refused = refresh("x", ORIGIN);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(allowed(refused)).isEqualTo(ORIGIN);
        assertThat(refused.headers().allValues("Vary")).contains("Origin");
        assertThat(allowed(revoke(ORIGIN))).isEqualTo(ORIGIN);
        assertThat(allowed(revoke(SISTERS))).isNull();
    }

    @Test
    void aRevokedTokensAppCanReadWhy() {
        var tokens = backend.signIn(newAddress());
        var token = tokens.required("access_token").stringValue();
        var _ =
                http.postForm(
                        "/oauth2/revoke",
                        Map.of("token", token),
                        "Authorization",
                        backend.authorization());

        var answer = userInfo(token, ORIGIN);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(allowed(answer)).isEqualTo(ORIGIN);
        assertThat(answer.headers().firstValue("Access-Control-Expose-Headers").orElseThrow())
                .contains("WWW-Authenticate");
    }

    @Test
    void cookiesNeverCount() {
        assertThat(preflight("/oauth2/token", ORIGIN, "POST").headers().map())
                .doesNotContainKey("access-control-allow-credentials");
        assertThat(refresh("x", ORIGIN).headers().map())
                .doesNotContainKey("access-control-allow-credentials");
    }

    private HttpResponse<String> preflight(String path, String origin, String method) {
        return http.options(
                path,
                "Origin",
                origin,
                "Access-Control-Request-Method",
                method,
                "Access-Control-Request-Headers",
                "authorization");
    }

    private HttpResponse<String> userInfo(String token, String origin) {
        return http.get("/oauth2/userinfo", "Authorization", "Bearer " + token, "Origin", origin);
    }

    private HttpResponse<String> refresh(String token, String origin) {
        return http.postForm(
                "/oauth2/token",
                Map.of(
                        "grant_type",
                        "refresh_token",
                        "client_id",
                        PUBLIC.toString(),
                        "refresh_token",
                        token),
                "Origin",
                origin);
    }

    private HttpResponse<String> revoke(String origin) {
        return http.postForm(
                "/oauth2/revoke",
                Map.of("client_id", PUBLIC.toString(), "token", "x"),
                "Origin",
                origin);
    }

    private static @Nullable String allowed(HttpResponse<String> answer) {
        return answer.headers().firstValue("Access-Control-Allow-Origin").orElse(null);
    }
}
