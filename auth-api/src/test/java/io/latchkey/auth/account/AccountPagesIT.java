package io.latchkey.auth.account;

import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.PageReader.location;
import static io.latchkey.auth.RunningAuthApi.APP;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.auth.Backend;
import io.latchkey.auth.PageReader;
import io.latchkey.auth.Person;
import io.latchkey.auth.TestEvents;
import io.latchkey.events.EndReason;
import io.latchkey.events.SessionRevoked;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people see of their account, and how they sign out. */
class AccountPagesIT {
    private static final Pattern SESSION =
            Pattern.compile("/account/sessions/(sess_[0-9a-z]{26})/end");
    private static final String FIREFOX =
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    private final PageReader reader = new PageReader("User-Agent", FIREFOX);
    private final PageReader elsewhere = new PageReader();

    @AfterEach
    void close() {
        reader.close();
        elsewhere.close();
    }

    @Test
    void withoutASessionItLeadsToTheForm() {
        var answer = reader.open("/account");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(location(answer)).isEqualTo("/sign-in");
    }

    @Test
    void itTellsWhoAndWhere() {
        var address = newAddress();
        signIn(reader, address);

        assertThat(reader.read("/account"))
                .contains(address, "Account", "This browser", "Firefox, Linux", "127.0.0.1")
                .containsOnlyOnce("class=\"badge\"");
    }

    @Test
    void oneSessionElsewhereIsEnded() {
        var address = newAddress();
        signIn(reader, address);
        signIn(elsewhere, address);
        var other = current(elsewhere);
        assertThat(sessions(reader.read("/account")))
                .containsExactlyInAnyOrder(other, current(reader));

        var ended = reader.submit("/account", "/account/sessions/" + other + "/end");

        assertThat(location(ended)).isEqualTo("/account");
        assertThat(elsewhere.open("/account").statusCode()).isEqualTo(303);
        assertThat(sessions(reader.read("/account"))).containsExactly(current(reader));
        assertThat(TestEvents.awaitOne(other, SessionRevoked.class).endReason())
                .isEqualTo(EndReason.SIGNED_OUT);
    }

    @Test
    void nobodyEndsASessionOfSomebodyElse() {
        signIn(reader, newAddress());
        signIn(elsewhere, newAddress());
        var theirs = current(elsewhere);

        var answer = reader.submit("/account", "/account/sessions/" + theirs + "/end");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(elsewhere.open("/account").statusCode()).isEqualTo(200);
        assertThat(reader.submit("/account", "/account/sessions/x/end").statusCode())
                .isEqualTo(404);
    }

    @Test
    void signingOutHereLeavesOthersAlone() {
        var address = newAddress();
        signIn(reader, address);
        signIn(elsewhere, address);
        assertThat(reader.read("/sign-out")).contains("Sign out?");

        var answer = reader.submit("/account", "/sign-out");

        assertThat(location(answer)).isEqualTo("/sign-out");
        assertThat(reader.read("/sign-out")).contains("You are signed out");
        assertThat(reader.open("/account").statusCode()).isEqualTo(303);
        assertThat(elsewhere.open("/account").statusCode()).isEqualTo(200);
    }

    @Test
    void signingOutEverywhereEndsAppsSessionsToo() {
        var address = newAddress();
        signIn(reader, address);
        signIn(elsewhere, address);
        try (var backend = new Backend(APP)) {
            var refreshToken = backend.signIn(address).required("refresh_token").stringValue();
            assertThat(reader.read("/account")).contains("Test &lt;App&gt;");

            var _ = reader.submit("/account", "/account/sessions/end");

            assertThat(backend.refresh(refreshToken).statusCode()).isEqualTo(400);
        }
        assertThat(reader.open("/account").statusCode()).isEqualTo(303);
        assertThat(elsewhere.open("/account").statusCode()).isEqualTo(303);
    }

    @Test
    void aGetSignsNobodyOut() {
        signIn(reader, newAddress());
        for (var path : List.of("/sign-out", "/account/sessions/end", "/account/sessions/x/end")) {
            var _ = reader.open(path);
        }

        assertThat(reader.open("/account").statusCode()).isEqualTo(200);
    }

    @Test
    void anotherSiteSignsNobodyOut() {
        try (var lured = new PageReader("Sec-Fetch-Site", "cross-site")) {
            assertThat(lured.submit("/sign-in", "/sign-out").statusCode()).isEqualTo(403);
        }
        signIn(reader, newAddress());

        assertThat(reader.post("/sign-out", "").statusCode()).isEqualTo(403);
        assertThat(reader.open("/account").statusCode()).isEqualTo(200);
    }

    private static void signIn(PageReader who, String address) {
        var path = Person.path(who.signIn(address));
        assertThat(who.submit(path, path).statusCode()).isEqualTo(303);
    }

    private static List<String> sessions(String page) {
        return SESSION.matcher(page).results().map(match -> match.group(1)).toList();
    }

    /** The one that its row says is this browser's. */
    private static String current(PageReader who) {
        return Stream.of(who.read("/account").split("<li>"))
                .filter(row -> row.contains("class=\"badge\""))
                .flatMap(row -> sessions(row).stream())
                .findFirst()
                .orElseThrow();
    }
}
