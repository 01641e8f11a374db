package io.latchkey.auth.oauth;

import static io.latchkey.auth.Browser.basic;
import static io.latchkey.auth.Browser.json;
import static io.latchkey.auth.RunningAuthApi.APP;
import static io.latchkey.auth.RunningAuthApi.PUBLIC;
import static io.latchkey.auth.RunningAuthApi.SECRET;
import static io.latchkey.auth.RunningAuthApi.SISTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.auth.Browser;
import io.latchkey.auth.RunningAuthApi;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /oauth2/token} as RFC 6749 has it. */
class TokenEndpointIT {
    private static final String OWN = "grant_type=client_credentials";
    private static final String BY_POST = "&client_id=" + APP + "&client_secret=" + SECRET;
    private final Browser http = new Browser(RunningAuthApi.get().url());

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void aClientMayUseTheHeaderOrTheBody() {
        assertThat(call(OWN, "Authorization", basic(APP, SECRET)).statusCode()).isEqualTo(200);
        assertThat(call(OWN + BY_POST).statusCode()).isEqualTo(200);
        assertThat(
                        call(OWN + "&client_id=" + APP, "Authorization", basic(APP, SECRET))
                                .statusCode())
                .isEqualTo(200);
    }

    @Test
    void bothAtOnceAreRefused() {
        assertError(
                call(OWN + BY_POST, "Authorization", basic(APP, SECRET)), 400, "invalid_request");
        assertError(
                call(OWN + "&client_id=" + SISTER, "Authorization", basic(APP, SECRET)),
                401,
                "invalid_client");
    }

    @Test
    void whoeverIsNobodyHasOneAnswer() {
        for (var answer :
                java.util.List.of(
                        call(OWN),
                        call(OWN, "Authorization", basic(APP, "wrong")),
                        call(OWN, "Authorization", basic(PUBLIC, "")),
                        call(OWN, "Authorization", basic("nobody", SECRET)),
                        call(OWN, "Authorization", "Bearer x"),
                        call(OWN, "Authorization", "Basic %%%"),
                        call(OWN + "&client_id=" + APP),
                        call(OWN + "&client_id=" + APP + "&client_secret=wrong"),
                        call(OWN + "&client_id=" + PUBLIC + "&client_secret=" + SECRET),
                        call(OWN + "&client_id=nobody"))) {
            assertError(answer, 401, "invalid_client");
            assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
        }
    }

    @Test
    void aPublicClientHasNoCredentialsToGetATokenFor() {
        assertError(call(OWN + "&client_id=" + PUBLIC), 400, "unauthorized_client");
    }

    @ParameterizedTest
    @CsvSource({
        "grant_type=password, unsupported_grant_type",
        "grant_type=CLIENT_CREDENTIALS, unsupported_grant_type",
        "grant_type=urn:latchkey:grant-type:email-code, invalid_request",
        "x=y, invalid_request",
        "grant_type=, unsupported_grant_type",
        "grant_type=authorization_code, invalid_request",
        "grant_type=authorization_code&code=, invalid_request",
        "grant_type=refresh_token, invalid_request",
        "grant_type=refresh_token&refresh_token=x&refresh_token=x, invalid_request",
        "grant_type=client_credentials&grant_type=client_credentials, invalid_request",
        "grant_type=client_credentials&x=1&x=2, invalid_request",
        "grant_type=client_credentials&x=%00, invalid_request",
        "grant_type=refresh_token&refresh_token=%00, invalid_request",
        "grant_type=client_credentials&scope=admin, invalid_scope",
        "grant_type=client_credentials&scope=audit.read%20admin, invalid_scope",
        "grant_type=client_credentials&scope=openid, invalid_scope"
    })
    void mistakesHaveTheirOwnErrors(String form, String error) {
        assertError(call(form, "Authorization", basic(APP, SECRET)), 400, error);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grant_type=client_credentials&scope=audit.read",
                "grant_type=client_credentials&scope=audit.read%20audit.read",
                "grant_type=client_credentials&scope=",
                "grant_type=client_credentials"
            })
    void aTokenOfTheAppsOwnHasItsScopes(String form) {
        var answer = call(form, "Authorization", basic(APP, SECRET));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(json(answer).required("scope").stringValue()).isEqualTo("audit.read");
        assertThat(json(answer).propertyNames())
                .containsExactlyInAnyOrder("access_token", "token_type", "expires_in", "scope");
        assertThat(answer.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
    }

    @Test
    void onlyAFormIsTaken() {
        var answer =
                http.postJson(
                        "/oauth2/token",
                        "{\"grant_type\":\"client_credentials\"}",
                        "Authorization",
                        basic(APP, SECRET));

        assertError(answer, 415, "invalid_request");
        assertError(http.get("/oauth2/token?" + OWN + BY_POST), 405, "invalid_request");
    }

    @Test
    void parametersInTheQueryAreNotRead() {
        var answer = http.postForm("/oauth2/token?" + OWN + BY_POST, Map.of("x", "y"));

        assertError(answer, 401, "invalid_client");
    }

    @Test
    void anAnswerInAnotherFormIsRefusedBeforeAnythingHappens() {
        var answer = call(OWN, "Authorization", basic(APP, SECRET), "Accept", "application/xml");

        assertThat(answer.statusCode()).isEqualTo(406);
    }

    private HttpResponse<String> call(String form, String... headers) {
        var all = java.util.Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = "application/x-www-form-urlencoded";
        return http.post("/oauth2/token", form.getBytes(StandardCharsets.UTF_8), all);
    }

    private static void assertError(HttpResponse<String> answer, int status, String error) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer).required("error").stringValue()).isEqualTo(error);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(answer.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
    }

    @Test
    void aFormThatIsNoFormIsTheCallersMistake() {
        try (var anybody = new Browser(RunningAuthApi.get().url())) {
            var answer =
                    anybody.post(
                            "/oauth2/token",
                            "a=%zz".getBytes(StandardCharsets.US_ASCII),
                            "Content-Type",
                            "application/x-www-form-urlencoded");

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("\"invalid_request\"");
        }
    }
}
