package io.latchkey.auth.signin;

import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.PageReader.location;
import static io.latchkey.auth.PageReader.waitedFor;
import static io.latchkey.auth.RunningAuthApi.APP;
import static io.latchkey.auth.RunningAuthApi.CLOSED;
import static io.latchkey.auth.RunningAuthApi.REDIRECT;
import static io.latchkey.auth.RunningAuthApi.SISTER;
import static io.latchkey.auth.RunningAuthApi.STRICT;
import static io.latchkey.auth.oauth.AuthorizationUrl.VERIFIER;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.auth.Backend;
import io.latchkey.auth.PageReader;
import io.latchkey.auth.Person;
import io.latchkey.auth.TestRows;
import io.latchkey.auth.oauth.AuthorizationUrl;
import io.latchkey.events.LinkId;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Apps that send their visitors to our pages. */
class AppSignInIT {
    private final PageReader reader = new PageReader();

    @AfterEach
    void close() {
        reader.close();
    }

    @Test
    void fromTheAppThroughOurPagesBackToTheApp() {
        var sent = reader.open(AuthorizationUrl.of(APP).toString());
        assertThat(sent.statusCode()).isEqualTo(303);
        var form = pathAndQuery(location(sent));

        var page = reader.read(form);
        assertThat(page).contains("Sign in to Test &lt;App&gt;", ">TA<");
        var asked = reader.submit(form, form, "email", newAddress());
        var link = waitedFor(asked);
        assertThat(location(asked)).startsWith("/code?client_id=" + APP);
        var waiting = reader.open(location(asked));
        assertThat(waiting.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("form-action 'self' https://app.example;", "script-src 'self'");
        var pressed = reader.submit(Person.path(link), Person.path(link));

        assertThat(location(pressed)).startsWith(REDIRECT + "?code=");
        assertThat(Person.parameter(pressed, "state")).isEqualTo("s t&te");
        try (var backend = new Backend(APP)) {
            var tokens = backend.redeem(Person.code(pressed), "code_verifier", VERIFIER);
            assertThat(Backend.tokens(tokens).required("id_token").stringValue()).isNotEmpty();
        }
        var silently = reader.open(AuthorizationUrl.of(SISTER).with("prompt", "none").toString());
        assertThat(Person.code(silently)).isNotEmpty();
        assertThat(reader.read(form)).contains("name=\"email\"");
    }

    @Test
    void whomTheAppHasKnownSignsInAndNobodyElse() {
        try (var backend = new Backend(APP)) {
            var address = newAddress();
            var known = backend.signIn(address).required("id_token").stringValue();
            var others = backend.signIn(newAddress()).required("access_token").stringValue();
            var form = signIn(AuthorizationUrl.of(APP).with("id_token_hint", known));
            var notOurs = signIn(AuthorizationUrl.of(APP).with("id_token_hint", others));

            assertThat(
                            reader.open(form)
                                    .headers()
                                    .firstValue("Content-Security-Policy")
                                    .orElseThrow())
                    .as("a form may lead back to the app")
                    .endsWith("form-action 'self' https://app.example");
            var right = reader.submit(form, form, "email", address.toUpperCase(Locale.ROOT));
            var wrong =
                    List.of(
                            reader.submit(form, form, "email", newAddress()),
                            reader.submit(notOurs, notOurs, "email", address));

            assertThat(location(right)).startsWith("/code?client_id=" + APP);
            assertThat(wrong)
                    .allSatisfy(
                            answer ->
                                    assertThat(location(answer))
                                            .startsWith(REDIRECT + "?error=login_required")
                                            .contains("&state=s+t%26te&iss="));
        }
    }

    @Test
    void theFormOffersTheAddressThatTheAppSupposes() {
        var page = reader.read(signIn(AuthorizationUrl.of(APP).with("login_hint", "a\"b@c.d")));

        assertThat(page).contains("value=\"a&quot;b@c.d\"");
    }

    @Test
    void pagesWearTheAppsColor() {
        assertThat(reader.read(signIn(AuthorizationUrl.of(SISTER))))
                .contains("href=\"/css/brand/ffcc00.css\"", ">SA<");
    }

    @ParameterizedTest
    @CsvSource({
        "client_id, app_00000000000000000000000000",
        "client_id, x",
        "redirect_uri, https://evil.example/callback"
    })
    void whatIsNotTheAppsIsToldAndLeadsNowhere(String name, String value) {
        var url = signIn(AuthorizationUrl.of(APP).with(name, value));

        for (var answer : List.of(reader.open(url), reader.submit("/sign-in", url, "email", "x"))) {
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.headers().firstValue("Location")).isEmpty();
            assertThat(answer.body()).contains("That did not work").doesNotContain("evil");
        }
    }

    @Test
    void whatElseIsWrongIsToldToTheApp() {
        var url = signIn(AuthorizationUrl.of(APP).with("code_challenge_method", "plain"));

        for (var answer : List.of(reader.open(url), reader.submit("/sign-in", url, "email", "x"))) {
            assertThat(answer.statusCode()).isEqualTo(303);
            assertThat(location(answer)).startsWith(REDIRECT + "?error=invalid_request");
        }
    }

    @Test
    void signUpIsClosedToEveryAddress() {
        var query = AuthorizationUrl.of(CLOSED).query();
        var member = newAddress();
        TestRows.update(
                "INSERT INTO auth.\"user\" (id, tenant, email, email_verified, status)"
                        + " VALUES (uuidv7(), 'members', ?, true, 'active')",
                member);

        var answers =
                Stream.of(member, newAddress())
                        .map(
                                address ->
                                        reader.submit(
                                                "/sign-in?" + query,
                                                "/sign-up?" + query,
                                                "email",
                                                address))
                        .toList();

        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(403);
        assertThat(answers.get(0).body()).isEqualTo(answers.get(1).body());
        assertThat(reader.open("/sign-up?" + query).statusCode()).isEqualTo(403);
        assertThat(reader.read("/sign-in?" + query)).doesNotContain("/sign-up");
    }

    @Test
    void whereSignUpIsClosedStrangersSeeWhatMembersSee() {
        var url = "/sign-in?" + AuthorizationUrl.of(CLOSED).query();
        var stranger = waitedFor(reader.submit(url, url, "email", newAddress()));

        assertThat(TestRows.link(stranger)).containsEntry("suppressed", "t");
        assertThat(reader.read("/code")).contains("name=\"code\"", "data-state=\"queued\"");
    }

    @Test
    void aStrictAppsLinkWorksInTheAskingBrowserAlone() {
        var url = signIn(AuthorizationUrl.of(STRICT));
        var address = newAddress();
        LinkId link = waitedFor(reader.submit(url, url, "email", address));
        var path = Person.path(link);
        try (var other = new PageReader()) {
            var page = other.open(path);
            assertThat(page.statusCode()).isEqualTo(403);
            assertThat(page.body()).contains("six-digit code").doesNotContain("<form");
            assertThat(other.submit("/sign-in", path, "email", address).statusCode())
                    .isEqualTo(403);
        }

        assertThat(reader.submit(path, path).statusCode()).isEqualTo(303);
    }

    private static String signIn(AuthorizationUrl url) {
        return "/sign-in?" + url.query();
    }

    private static String pathAndQuery(String location) {
        var uri = URI.create(location);
        return uri.getRawPath() + "?" + uri.getRawQuery();
    }
}
