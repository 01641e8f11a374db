package io.latchkey.auth.signin;

import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.PageReader.location;
import static io.latchkey.auth.PageReader.waitedFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.auth.Browser;
import io.latchkey.auth.PageReader;
import io.latchkey.auth.Person;
import io.latchkey.auth.RunningAuthApi;
import io.latchkey.auth.TestEvents;
import io.latchkey.auth.TestRows;
import io.latchkey.events.Intent;
import io.latchkey.events.LinkRequested;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages that ask for an address. */
class SignInPagesIT {
    private final PageReader reader = new PageReader();

    @AfterEach
    void close() {
        reader.close();
    }

    @Test
    void anAddressLeadsToAMailAndToTheWaitingPage() {
        var address = newAddress();

        var link = reader.signIn(address);

        var order = TestEvents.awaitOne(link, LinkRequested.class);
        assertThat(order.email()).isEqualTo(address);
        assertThat(order.intent()).isEqualTo(Intent.SIGN_IN_OR_UP);
        assertThat(order.locale()).isEqualTo("en");
        assertThat(reader.read("/code")).contains("@mail.example", "data-state=\"queued\"");
    }

    @Test
    void signingUpIsLikewise() {
        var link = waitedFor(reader.submit("/sign-up", "/sign-up", "email", newAddress()));

        assertThat(TestEvents.awaitOne(link, LinkRequested.class).intent())
                .isEqualTo(Intent.SIGN_UP);
    }

    @Test
    void theBrowserThatAskedNeedsTheButtonAlone() {
        var link = reader.signIn(newAddress());

        var page = reader.read(Person.path(link));
        var pressed = reader.post(Person.path(link), Browser.field(page));

        assertThat(page).doesNotContain("name=\"email\"");
        assertThat(pressed.statusCode()).isEqualTo(303);
        assertThat(location(pressed)).isEqualTo(RunningAuthApi.get().url() + "/account");
    }

    @Test
    void anotherBrowserTypesTheAddressWhateverItsUserAgent() {
        var address = newAddress();
        var link = reader.signIn(address);
        try (var other = new PageReader()) {
            assertThat(other.read(Person.path(link))).contains("name=\"email\"");

            var without = other.submit(Person.path(link), Person.path(link));
            var wrong = other.submit(Person.path(link), Person.path(link), "email", newAddress());
            var right = other.submit(Person.path(link), Person.path(link), "email", address);

            assertThat(without.statusCode()).isEqualTo(200);
            assertThat(wrong.statusCode()).isEqualTo(403);
            assertThat(wrong.body()).contains("role=\"alert\"", "aria-invalid=\"true\"");
            assertThat(right.statusCode()).isEqualTo(303);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ada", "a@b", "a@b.c, d@e.f", "\"><script>alert(1)</script>"})
    void whatIsNoAddressIsAskedForAgain(String typed) {
        var answer = reader.submit("/sign-in", "/sign-in", "email", typed);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains(
                        "role=\"alert\"",
                        "aria-invalid=\"true\"",
                        "aria-describedby=\"wrong\"",
                        "id=\"wrong\"")
                .doesNotContain("<script");
        assertThat(answer.headers().firstValue("Location")).isEmpty();
    }

    @Test
    void knownUnknownAndBlockedAddressesAreAnsweredAlike() {
        var known = newAddress();
        reader.post(Person.path(reader.signIn(known)), Browser.field(reader.read("/sign-in")));
        var blocked = newAddress();
        TestRows.update(
                "INSERT INTO auth.\"user\" (id, tenant, email, status)"
                        + " VALUES (uuidv7(), 'default', ?, 'blocked')",
                blocked);

        var answers =
                List.of(known, newAddress(), blocked).stream().map(this::seenByAStranger).toList();

        assertThat(answers).containsOnly(answers.getFirst());
    }

    private static List<Object> answered(HttpResponse<String> answer) {
        var names = answer.headers().map().keySet().stream().sorted().toList();
        return List.of(answer.statusCode(), names, answer.body());
    }

    private List<Object> seenByAStranger(String address) {
        try (var stranger = new PageReader()) {
            var asked = stranger.submit("/sign-in", "/sign-in", "email", address);
            var waiting = stranger.open("/code");
            var shown =
                    waiting.body()
                            .replaceAll("name=\"_csrf\" value=\"[^\"]+\"", "")
                            .replaceAll("link_[0-9a-z]{26}", "link")
                            .replace(address.substring(0, 1) + "***", "***");
            return List.of(answered(asked), location(asked), waiting.statusCode(), shown);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/sign-in, de, Bei Ihrem Konto anmelden",
        "/sign-up, fr, Créer votre compte",
        "/sign-in, es, Iniciar sesión",
        "/sign-in, ja, アカウントにサインイン",
        "/sign-in, nl, Sign in to your account"
    })
    void pagesAreInTheReadersLanguage(String path, String language, String title) {
        try (var someone = new PageReader("Accept-Language", language + ";q=0.9")) {
            var lang = title.startsWith("Sign in to your") ? "en" : language;

            assertThat(someone.read(path)).contains("lang=\"" + lang + "\"", "<h1>" + title);
            assertThat(someone.read(path + "?ui_locales=xx%20de"))
                    .contains("lang=\"de\"", "autocomplete=\"email\"");
        }
    }

    @Test
    void theMailAndTheWaitingPageKeepTheLanguageAskedFor() {
        var answer =
                reader.submit(
                        "/sign-in?ui_locales=ja", "/sign-in?ui_locales=ja", "email", newAddress());

        assertThat(location(answer)).isEqualTo("/code?ui_locales=ja");
        assertThat(TestEvents.awaitOne(waitedFor(answer), LinkRequested.class).locale())
                .isEqualTo(Locale.JAPANESE.getLanguage());
        assertThat(reader.read("/code?ui_locales=ja")).contains("メールをご確認ください");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sign-in", "/sign-up", "/code/again"})
    void aFormOfAnotherSiteIsForbidden(String path) {
        var field = Browser.field(reader.read("/sign-in"));
        try (var lured = new PageReader("Origin", "https://evil.example")) {
            var own = Browser.field(lured.read("/sign-in"));

            assertThat(lured.post(path, own, "email", newAddress()).statusCode()).isEqualTo(403);
            assertThat(lured.post(path, field, "email", newAddress()).statusCode()).isEqualTo(403);
        }
        assertThat(reader.post(path, "", "email", newAddress()).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sign-in", "/sign-up", "/nowhere"})
    void noPageHasAnythingInlineOrOfOthers(String path) {
        var page = reader.open(path);

        assertThat(page.body())
                .doesNotContainPattern("<[^>]+ (on[a-z]+|style)=")
                .doesNotContainPattern("<script(?![^>]+src=\"/)")
                .doesNotContain("<style", "javascript:", "//");
        assertThat(page.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
        assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(page.headers().firstValue("X-Frame-Options")).hasValue("DENY");
        assertThat(page.headers().allValues("Content-Security-Policy"))
                .singleElement()
                .asString()
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "*", "http");
    }

    @Test
    void anAppsColorIsAStyleSheetOfOurs() {
        var style = reader.open("/css/brand/ffcc00.css");

        assertThat(style.statusCode()).isEqualTo(200);
        assertThat(style.headers().firstValue("Content-Type").orElseThrow()).contains("text/css");
        assertThat(style.body()).contains("--accent: #ffcc00", "--accent-text: #000000");
        for (var path : List.of("/css/brand/xyzxyz.css", "/css/brand/ffcc00ff.css")) {
            assertThat(reader.open(path).statusCode()).isEqualTo(404);
        }
    }
}
