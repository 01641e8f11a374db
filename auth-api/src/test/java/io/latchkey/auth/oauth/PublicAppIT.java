package io.latchkey.auth.oauth;

import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.PageReader.location;
import static io.latchkey.auth.PageReader.waitedFor;
import static io.latchkey.auth.RunningAuthApi.LOOPBACK;
import static io.latchkey.auth.RunningAuthApi.PUBLIC;
import static io.latchkey.auth.RunningAuthApi.SIGNED_OUT;
import static io.latchkey.auth.oauth.AuthorizationUrl.VERIFIER;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.auth.Backend;
import io.latchkey.auth.Browser;
import io.latchkey.auth.PageReader;
import io.latchkey.auth.Person;
import io.latchkey.auth.RunningAuthApi;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * An app without a secret, by what the discovery document says and no more: its whole life here.
 */
class PublicAppIT {
    private final RunningAuthApi api = RunningAuthApi.get();
    private final PageReader reader = new PageReader();
    private final Browser app = new Browser(api.url());
    private final JsonNode discovery = Browser.json(app.get("/.well-known/openid-configuration"));

    @AfterEach
    void close() {
        app.close();
        reader.close();
    }

    @Test
    void fromTheFirstQuestionToTheSignOut() {
        var address = newAddress();
        var silent = AuthorizationUrl.of(PUBLIC).with("prompt", "none");
        assertThat(Person.parameter(authorize(silent), "error")).isEqualTo("login_required");

        var code = signIn(address);
        var tokens = token("grant_type", "authorization_code", "code", code);
        assertThat(text(userInfo(tokens), "email")).isEqualTo(address);
        var refreshed =
                token(
                        "grant_type",
                        "refresh_token",
                        "refresh_token",
                        text(tokens, "refresh_token"));
        assertThat(text(userInfo(refreshed), "sub")).isEqualTo(text(userInfo(tokens), "sub"));
        assertThat(Person.code(authorize(silent))).isNotEmpty();

        var out =
                reader.open(
                        path("end_session_endpoint")
                                + "?id_token_hint="
                                + text(refreshed, "id_token")
                                + "&post_logout_redirect_uri="
                                + URLEncoder.encode(SIGNED_OUT, StandardCharsets.UTF_8)
                                + "&state=s");

        assertThat(location(out)).isEqualTo(SIGNED_OUT + "?state=s");
        assertThat(Person.parameter(authorize(silent), "error")).isEqualTo("login_required");
        assertThat(
                        app.postForm(
                                        path("token_endpoint"),
                                        form(
                                                "grant_type",
                                                "refresh_token",
                                                "refresh_token",
                                                text(refreshed, "refresh_token")))
                                .body())
                .contains("invalid_grant");
    }

    /**
     * What is signed in is asked again where the app says so, and is the same session afterwards.
     */
    @Test
    void aProofAskedForAnewRefreshesWhenThePersonWasAsked() {
        var address = newAddress();
        var _ = signIn(address);
        var fresh = AuthorizationUrl.of(PUBLIC).with("max_age", 0);
        assertThat(location(authorize(fresh))).startsWith(api.url() + "/sign-in?");

        var _ = signIn(address, fresh.with("redirect_uri", LOOPBACK));

        assertThat(
                        Person.code(
                                authorize(
                                        AuthorizationUrl.of(PUBLIC)
                                                .with("prompt", "none")
                                                .with("max_age", 60))))
                .isNotEmpty();
    }

    @Test
    void theDocumentNamesWhatIsThere() {
        assertThat(text(discovery, "issuer")).isEqualTo(api.url());
        var answers =
                Map.of(
                        "authorization_endpoint", 400,
                        "end_session_endpoint", 303,
                        "jwks_uri", 200,
                        "userinfo_endpoint", 401,
                        "token_endpoint", 401,
                        "revocation_endpoint", 401,
                        "introspection_endpoint", 401);
        var named =
                discovery
                        .propertyStream()
                        .map(Map.Entry::getKey)
                        .filter(name -> name.endsWith("_endpoint") || name.endsWith("_uri"))
                        .toList();
        assertThat(named).containsExactlyInAnyOrderElementsOf(answers.keySet());
        answers.forEach(
                (name, status) -> {
                    var posted = status == 401 && !name.startsWith("userinfo");
                    var answer =
                            posted
                                    ? app.postForm(path(name), Map.of("token", "x"))
                                    : app.get(path(name));
                    assertThat(answer.statusCode()).as(name).isEqualTo(status);
                });
    }

    @Test
    void theDocumentSaysWhichWaysThereAre() {
        for (var prompt : list("prompt_values_supported")) {
            assertThat(location(authorize(AuthorizationUrl.of(PUBLIC).with("prompt", prompt))))
                    .as(prompt)
                    .doesNotContain("invalid_request");
        }
        for (var mode : list("response_modes_supported")) {
            assertThat(location(authorize(AuthorizationUrl.of(PUBLIC).with("response_mode", mode))))
                    .startsWith(api.url() + "/sign-in?");
        }
        for (var locale : list("ui_locales_supported")) {
            assertThat(reader.read("/sign-in?ui_locales=" + locale))
                    .contains("lang=\"" + locale + "\"");
        }
        assertThat(list("token_endpoint_auth_methods_supported"))
                .isEqualTo(list("revocation_endpoint_auth_methods_supported"))
                .containsExactly("client_secret_basic", "client_secret_post", "none");
        assertThat(list("introspection_endpoint_auth_methods_supported"))
                .containsExactly("client_secret_basic", "client_secret_post");
        assertThat(list("scopes_supported")).containsExactly("openid", "email");
        assertThat(list("code_challenge_methods_supported")).containsExactly("S256");
        assertThat(list("grant_types_supported"))
                .contains("authorization_code", "refresh_token", "client_credentials");
        for (var unsupported :
                List.of(
                        "claims_parameter_supported",
                        "request_parameter_supported",
                        "request_uri_parameter_supported")) {
            assertThat(discovery.required(unsupported).booleanValue()).isFalse();
        }
    }

    private String signIn(String address) {
        return signIn(address, AuthorizationUrl.of(PUBLIC).with("redirect_uri", LOOPBACK));
    }

    /** By way of our pages and a mail. */
    private String signIn(String address, AuthorizationUrl url) {
        var form = location(authorize(url)).substring(api.url().length());
        var link = waitedFor(reader.submit(form, form, "email", address));
        var pressed = reader.submit(Person.path(link), Person.path(link));
        assertThat(location(pressed)).startsWith(LOOPBACK + "?code=");
        return Person.code(pressed);
    }

    private HttpResponse<String> authorize(AuthorizationUrl url) {
        return reader.open(path("authorization_endpoint") + "?" + url.query());
    }

    private JsonNode token(String... parameters) {
        return Backend.tokens(app.postForm(path("token_endpoint"), form(parameters)));
    }

    private static Map<String, String> form(String... parameters) {
        var form = new HashMap<String, String>();
        form.put("client_id", PUBLIC.toString());
        for (int i = 0; i < parameters.length; i += 2) {
            form.put(parameters[i], parameters[i + 1]);
        }
        if (form.containsKey("code")) {
            form.put("redirect_uri", LOOPBACK);
            form.put("code_verifier", VERIFIER);
        }
        return form;
    }

    private JsonNode userInfo(JsonNode tokens) {
        var answer =
                app.get(
                        path("userinfo_endpoint"),
                        "Authorization",
                        "Bearer " + text(tokens, "access_token"));
        assertThat(answer.statusCode()).isEqualTo(200);
        return Browser.json(answer);
    }

    private String path(String name) {
        var url = text(discovery, name);
        assertThat(url).startsWith(api.url() + "/");
        return url.substring(api.url().length());
    }

    private List<String> list(String name) {
        return discovery.required(name).valueStream().map(JsonNode::stringValue).toList();
    }

    private static String text(JsonNode node, String name) {
        return node.required(name).stringValue();
    }
}
