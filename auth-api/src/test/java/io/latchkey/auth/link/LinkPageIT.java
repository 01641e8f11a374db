package io.latchkey.auth.link;

import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.Backend.requestFor;
import static io.latchkey.auth.RunningAuthApi.APP;
import static io.latchkey.auth.link.LinksApiIT.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.auth.AtOnce;
import io.latchkey.auth.Backend;
import io.latchkey.auth.Browser;
import io.latchkey.auth.Person;
import io.latchkey.auth.RunningAuthApi;
import io.latchkey.auth.TestRows;
import io.latchkey.events.LinkId;
import io.latchkey.events.secret.KeyRing;
import io.latchkey.events.secret.LinkToken;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page that the mail leads to. */
class LinkPageIT {
    private static final String[] JSON = {"Accept", "application/json"};
    private static final String HTML = "text/html;charset=UTF-8";
    private final RunningAuthApi api = RunningAuthApi.get();
    private final Backend backend = new Backend(APP);
    private final Person person = new Person();

    @AfterEach
    void close() {
        person.close();
        backend.close();
    }

    @Test
    void aHundredFetchesChangeNothing() {
        var link = backend.link(newAddress());
        var before = TestRows.link(link);

        var answers =
                AtOnce.times(
                        50,
                        () -> List.of(person.open(link), person.browser().head(Person.path(link))));

        assertThat(answers.stream().flatMap(List::stream))
                .extracting(HttpResponse::statusCode)
                .containsOnly(200);
        assertThat(TestRows.link(link)).isEqualTo(before);
        assertThat(person.press(link).statusCode()).isEqualTo(303);
    }

    @Test
    void itNamesTheAppTheMaskedAddressAndWhereItWasAskedFor() {
        var request = requestFor("grace@hopper.example");
        request.put("end_user", Map.of("ip", "203.0.113.7"));

        var page = person.open(backend.link(request));

        assertThat(page.headers().firstValue("Content-Type")).hasValue(HTML);
        assertThat(page.body())
                .contains("Test &lt;App&gt;", "g***@hopper.example", "203.0.113.7", "UTC")
                .containsOnlyOnce("<button")
                .doesNotContain("<App>", "grace@", "<script", "style=");
        assertThat(page.body()).doesNotContainPattern("<[^>]+ (on[a-z]+|style)=");
    }

    @Test
    void itsHeadersKeepOthersOut() {
        var headers = person.open(backend.link(newAddress())).headers();

        var policy = headers.firstValue("Content-Security-Policy").orElseThrow();
        assertThat(headers.allValues("Content-Security-Policy")).hasSize(1);
        assertThat(policy)
                .contains(
                        "default-src 'none'",
                        "frame-ancestors 'none'",
                        "base-uri 'none'",
                        "form-action 'self' https://app.example")
                .doesNotContain("script-src", "unsafe", "*");
        assertThat(headers.firstValue("Cache-Control").orElseThrow()).contains("no-store");
        assertThat(headers.firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(headers.firstValue("X-Frame-Options")).hasValue("DENY");
        assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(headers.allValues("Set-Cookie"))
                .singleElement()
                .asString()
                .containsIgnoringCase("HttpOnly")
                .contains("SameSite=Lax", "Path=/");
    }

    @Test
    void theRedirectCarriesNoReferrerAndIsNotKept() {
        var pressed = person.press(backend.link(newAddress()));

        assertThat(pressed.statusCode()).isEqualTo(303);
        assertThat(pressed.headers().firstValue("Cache-Control").orElseThrow())
                .contains("no-store");
        assertThat(pressed.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(pressed.headers().firstValue("Location").orElseThrow())
                .startsWith(RunningAuthApi.REDIRECT + "?code=");
    }

    @Test
    void aQueryInTheRedirectUriIsKept() {
        var request = requestFor(newAddress());
        request.put("redirect_uri", "http://localhost:3000/?from=mail");

        var link = backend.link(request);

        assertThat(person.open(link).headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("form-action 'self' http://localhost:3000");
        assertThat(person.press(link).headers().firstValue("Location").orElseThrow())
                .startsWith("http://localhost:3000/?from=mail&code=");
    }

    @Test
    void theStyleSheetIsOurOwn() {
        var page = person.open(backend.link(newAddress())).body();

        assertThat(page).contains("href=\"/css/latchkey.css\"").doesNotContain("://");
        assertThat(person.browser().get("/css/latchkey.css").statusCode()).isEqualTo(200);
    }

    @Test
    void aPressWithoutTheFieldOrTheCookieIsForbidden() {
        var link = backend.link(newAddress());
        var field = Browser.field(person.open(link));
        try (var other = new Person()) {
            assertProblem(person.submit(link, ""), 403, "forbidden");
            assertProblem(person.submit(link, field + "x"), 403, "forbidden");
            assertProblem(
                    person.browser().postForm(Person.path(link), Map.of(), JSON), 403, "forbidden");
            assertProblem(other.submit(link, field), 403, "forbidden");
            var _ = other.open(link);
            assertProblem(other.submit(link, field), 403, "forbidden");
        }

        assertThat(person.submit(link, field).statusCode()).isEqualTo(303);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site",
                "Origin: https://evil.example",
                "Origin: https://app.example",
                "Origin: http://localhost",
                "Origin: http://localhost:1"
            })
    void aPressFromAnotherSiteIsForbidden(String header) {
        var link = backend.link(newAddress());
        var parts = header.split(": ", 2);
        try (var lured = new Person(parts)) {
            assertProblem(lured.press(link), 403, "forbidden");
        }

        assertThat(backend.status(link)).isEqualTo("accepted");
    }

    @Test
    void theButtonOfOurOwnPageWorksInEveryBrowser() {
        for (var headers :
                List.of(
                        List.of("Origin", "null"),
                        List.of("Origin", "null", "Sec-Fetch-Site", "same-origin"),
                        List.of("Origin", api.url(), "Sec-Fetch-Site", "same-origin"),
                        List.of("Sec-Fetch-Site", "none"))) {
            try (var someone = new Person(headers.toArray(String[]::new))) {
                assertThat(someone.press(backend.link(newAddress())).statusCode())
                        .as(headers.toString())
                        .isEqualTo(303);
            }
        }
    }

    @Test
    void aTokenThatIsNotGenuineIsNotFoundAndNeverLimited() {
        var link = backend.link(newAddress());
        var token = api.linkToken(link);
        var field = Browser.field(person.open(link));
        for (var forged : forgeries(link, token).toList()) {
            for (int i = 0; i < 5; i++) {
                var path = "/l/" + forged;
                assertProblem(person.browser().get(path, JSON), 404, "not_found");
                assertProblem(
                        person.browser().postForm(path, Map.of("_csrf", field), JSON),
                        404,
                        "not_found");
            }
        }

        assertThat(person.submit(link, field).statusCode()).isEqualTo(303);
    }

    private Stream<String> forgeries(LinkId link, String token) {
        var bytes = Base64.getUrlDecoder().decode(token);
        var foreign = KeyRing.parse(KeyRing.generate(api.ring().currentKid()));
        var unknown = KeyRing.parse(KeyRing.generate("zzzz"));
        var encoder = Base64.getUrlEncoder().withoutPadding();
        return Stream.of(
                        Stream.of("x", "-", "_.", "null"),
                        Stream.of(token.substring(1), token.substring(0, token.length() - 1)),
                        Stream.of(token + "A", token + "=", "A" + token, token + token),
                        Stream.of(LinkToken.of(link, foreign.currentKid(), foreign.mail())),
                        Stream.of(LinkToken.of(link, "zzzz", unknown.mail())),
                        Stream.of(LinkToken.of(LinkId.next(), "k001", api.ring().mail())),
                        // Every byte counts: of the id, of the kid, of the hash.
                        Stream.of(0, 15, 16, 19, 20, bytes.length - 1)
                                .map(
                                        place -> {
                                            var changed = bytes.clone();
                                            changed[place] ^= 1;
                                            return encoder.encodeToString(changed);
                                        }))
                .flatMap(s -> s);
    }

    @Test
    void whatIsNotFoundIsAPageForBrowsers() {
        for (var accept : List.of("text/html,*/*;q=0.8", "*/*")) {
            var answer = person.browser().get("/l/x", "Accept", accept);

            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue(HTML);
            assertThat(answer.body()).contains("Not found").doesNotContain("<script", "Exception");
        }
    }

    @Test
    void aDeadLinkSaysWhyToWhoeverHoldsIt() {
        var expired = backend.link(newAddress());
        TestRows.update(
                "UPDATE auth.link SET expires_at = now() - interval '1 second' WHERE id = ?",
                expired.value());
        var used = backend.link(newAddress());
        var _ = person.confirm(used);
        var exchanged = backend.link(newAddress());
        var _ = Backend.tokens(backend.redeem(person.confirm(exchanged)));
        var revoked = backend.link(newAddress());
        var _ = backend.revoke(revoked);
        var address = newAddress();
        var sibling = backend.link(address);
        var _ = person.confirm(backend.link(address));
        try (var other = new Person()) {
            var field = Browser.field(other.open(backend.link(newAddress())));
            Map.of(
                            expired, "link_expired",
                            used, "link_used",
                            exchanged, "link_used",
                            revoked, "link_revoked",
                            sibling, "link_revoked")
                    .forEach(
                            (link, code) -> {
                                assertProblem(other.open(link), 410, code);
                                assertProblem(other.submit(link, field), 410, code);
                            });
            var page = other.browser().get(Person.path(used), "Accept", "text/html");
            assertThat(page.statusCode()).isEqualTo(410);
            assertThat(page.body()).contains("already used");
        }
    }

    @Test
    void theLinkOfASuppressedRequestIsDead() {
        var request = requestFor(newAddress());
        request.put("intent", "sign_in");

        assertProblem(person.open(backend.link(request)), 410, "link_revoked");
    }
}
