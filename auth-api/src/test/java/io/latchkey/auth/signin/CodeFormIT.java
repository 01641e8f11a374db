package io.latchkey.auth.signin;

import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.PageReader.location;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.auth.AtOnce;
import io.latchkey.auth.Browser;
import io.latchkey.auth.PageReader;
import io.latchkey.auth.Person;
import io.latchkey.auth.RunningAuthApi;
import io.latchkey.auth.TestEvents;
import io.latchkey.auth.TestRows;
import io.latchkey.events.LinkConfirmed;
import io.latchkey.events.LinkId;
import io.latchkey.events.Means;
import io.latchkey.events.secret.EmailCode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The six-digit code in the window that asked. */
class CodeFormIT {
    private final PageReader reader = new PageReader();

    @AfterEach
    void close() {
        reader.close();
    }

    @Test
    void theCodeSignsInTheWindowThatAsked() {
        var link = reader.signIn(newAddress());

        var answer = reader.submit("/code", "/code", "code", code(link));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        assertThat(location(answer)).endsWith("/account");
        assertThat(reader.open("/account").statusCode()).isEqualTo(200);
        var confirmed = TestEvents.awaitOne(link, LinkConfirmed.class);
        assertThat(confirmed.means()).isEqualTo(Means.CODE);
        assertThat(confirmed.sameBrowser()).isTrue();
    }

    @Test
    void itMayBeTypedWithGaps() {
        var code = code(reader.signIn(newAddress()));

        var answer =
                reader.submit(
                        "/code", "/code", "code", code.substring(0, 3) + " " + code.substring(3));

        assertThat(answer.statusCode()).isEqualTo(303);
    }

    @Test
    void aDoubleClickGetsTheSameAnswer() {
        var link = reader.signIn(newAddress());
        var field = Browser.field(reader.read("/code"));

        var answers = AtOnce.times(5, () -> reader.post("/code", field, "code", code(link)));

        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(303);
    }

    @Test
    void noOtherBrowserCanTypeIt() {
        var link = reader.signIn(newAddress());
        try (var other = new PageReader()) {
            var field = Browser.field(other.read("/sign-in"));

            var answer = other.post("/code", field, "code", code(link));

            assertThat(answer.statusCode()).isEqualTo(303);
            assertThat(location(answer)).isEqualTo("/sign-in");
        }
        assertThat(TestRows.link(link)).containsEntry("confirmed_at", null);
    }

    @Test
    void eachTabsCodeIsForItsOwnLink() {
        var first = reader.signIn(newAddress());
        var tab = reader.read("/code");
        assertThat(tab).contains("name=\"link_id\" value=\"" + first + "\"");
        var second = reader.signIn(newAddress());

        var answer =
                reader.post(
                        "/code",
                        Browser.field(tab),
                        "code",
                        code(first),
                        "link_id",
                        first.toString());

        assertThat(location(answer)).as(answer.body()).endsWith("/account");
        assertThat(TestRows.link(first).get("confirmed_at")).isNotNull();
        assertThat(TestRows.link(second)).containsEntry("code_tries", "0");
    }

    @Test
    void aLinkThatAnotherBrowserAskedForCannotBeNamed() {
        try (var other = new PageReader()) {
            var link = other.signIn(newAddress());
            var _ = reader.signIn(newAddress());
            var field = Browser.field(reader.read("/code"));

            for (var named : List.of(link.toString(), "x", "")) {
                var answer = reader.post("/code", field, "code", code(link), "link_id", named);

                assertThat(location(answer)).isEqualTo("/sign-in");
            }
            var events = reader.browser().stream("/code/events?link_id=" + link);
            events.body().close();
            assertThat(events.statusCode()).isEqualTo(204);
            assertThat(TestRows.link(link))
                    .containsEntry("confirmed_at", null)
                    .containsEntry("code_tries", "0");
        }
    }

    @Test
    void fiveWrongOnesEndTheLinkWhetherItWasMailedOrNot() {
        var blocked = newAddress();
        TestRows.update(
                "INSERT INTO auth.\"user\" (id, tenant, email, status)"
                        + " VALUES (uuidv7(), 'default', ?, 'blocked')",
                blocked);

        var mailed = answersToWrongCodes(newAddress());

        assertThat(mailed).isEqualTo(answersToWrongCodes(blocked));
        assertThat(mailed.get(0)).contains("400", "4 tries are left");
        assertThat(mailed.get(3)).contains("400", "One try is left");
        assertThat(mailed.get(4)).doesNotContain("name=\"code\"").contains("no longer valid");
        assertThat(mailed.get(5)).contains("410");
    }

    private static List<String> answersToWrongCodes(String address) {
        try (var someone = new PageReader()) {
            var link = someone.signIn(address);
            var answers = new ArrayList<String>();
            for (int i = 0; i < 6; i++) {
                var field = Browser.field(someone.read("/code"));
                var answer = someone.post("/code", field, "code", wrong(link));
                answers.add(
                        answer.statusCode()
                                + answer.body()
                                        .replaceAll("name=\"_csrf\" value=\"[^\"]+\"", "")
                                        .replaceAll("link_[0-9a-z]{26}", "link")
                                        .replace(address.substring(0, 1) + "***", "***"));
            }
            assertThat(someone.submit("/code", Person.path(link)).statusCode()).isEqualTo(410);
            return answers;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12345", "1234567", "abcdef", "<script>"})
    void whatIsNoCodeCostsNoTry(String typed) {
        var link = reader.signIn(newAddress());

        var answer = reader.submit("/code", "/code", "code", typed);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("six digits", "aria-invalid=\"true\"");
        assertThat(answer.body()).doesNotContain("<script>");
        assertThat(reader.submit("/code", "/code", "code", code(link)).statusCode()).isEqualTo(303);
    }

    @Test
    void aLimitThatIsReachedIsAPage() {
        var address = newAddress();
        HttpResponse<String> answer = null;
        for (int i = 0; i < 6; i++) {
            answer = reader.submit("/sign-in", "/sign-in", "email", address);
        }

        assertThat(answer).isNotNull();
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow()).isPositive();
        assertThat(answer.body()).contains("Too many requests", "minute");
        assertThat(reader.submit("/code", "/code/again").statusCode()).isEqualTo(429);
    }

    private static String code(LinkId link) {
        var ring = RunningAuthApi.get().ring();
        return EmailCode.of(link, ring.currentKid(), ring.mail());
    }

    private static String wrong(LinkId link) {
        return code(link).equals("000000") ? "000001" : "000000";
    }
}
