package io.latchkey.auth;

import static io.latchkey.auth.Browser.basic;
import static io.latchkey.auth.Browser.field;
import static io.latchkey.auth.Browser.json;
import static io.latchkey.auth.RunningAuthApi.APP;
import static io.latchkey.auth.RunningAuthApi.REDIRECT;
import static io.latchkey.auth.RunningAuthApi.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.events.LinkId;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One link, from its request to its session. */
class SignInIT {
    private final RunningAuthApi api = RunningAuthApi.get();

    @Test
    void aLinkLeadsToOneSession() {
        try (var backend = new Browser(api.url());
                var person = new Browser(api.url())) {
            var accepted =
                    backend.postJson(
                            "/api/v1/links",
                            "{\"email\":\"Ada@Example.com\",\"redirect_uri\":\""
                                    + REDIRECT
                                    + "\",\"state\":\"a b\"}",
                            "Authorization",
                            basic(APP, SECRET));
            System.err.println(accepted.statusCode() + accepted.body());
            assertThat(accepted.statusCode()).isEqualTo(202);
            var link = LinkId.parse(json(accepted).required("link_id").stringValue());
            var path = "/l/" + api.linkToken(link);

            var page = person.get(path);
            System.err.println(page.statusCode() + page.body());
            assertThat(page.statusCode()).isEqualTo(200);
            var pressed = person.postForm(path, Map.of("_csrf", field(page)));
            System.err.println(pressed.statusCode() + " " + pressed.headers().map());
            assertThat(pressed.statusCode()).isEqualTo(303);
            var location = pressed.headers().firstValue("Location").orElseThrow();
            var code = location.replaceAll(".*[?&]code=([^&]+).*", "$1");
            var tokens =
                    backend.postForm(
                            "/oauth2/token",
                            Map.of(
                                    "grant_type",
                                    "authorization_code",
                                    "code",
                                    code,
                                    "redirect_uri",
                                    REDIRECT),
                            "Authorization",
                            basic(APP, SECRET));
            System.err.println(tokens.statusCode() + tokens.body());
            var refreshed =
                    backend.postForm(
                            "/oauth2/token",
                            Map.of(
                                    "grant_type",
                                    "refresh_token",
                                    "refresh_token",
                                    json(tokens).required("refresh_token").stringValue()),
                            "Authorization",
                            basic(APP, SECRET));
            System.err.println(refreshed.statusCode() + refreshed.body());
            System.err.println(
                    backend.get("/api/v1/links/" + link, "Authorization", basic(APP, SECRET))
                            .body());
            System.err.println(backend.get("/.well-known/openid-configuration").body());
            System.err.println(backend.get("/oauth2/jwks").body());
            System.err.println(backend.get("/actuator/health/readiness").body());
        }
    }
}
