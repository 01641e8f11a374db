package io.latchkey.auth.signin;

import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.Backend.requestFor;
import static io.latchkey.auth.PageReader.location;
import static io.latchkey.auth.PageReader.waitedFor;
import static io.latchkey.auth.RunningAuthApi.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.latchkey.auth.Backend;
import io.latchkey.auth.PageReader;
import io.latchkey.auth.Person;
import io.latchkey.auth.RunningAuthApi;
import io.latchkey.auth.TestRows;
import io.latchkey.auth.link.WaitingState;
import io.latchkey.events.LinkId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told to whoever waits for a mail. */
class WaitingPageIT {
    private static final Pattern STATE =
            Pattern.compile("aria-live=\"polite\" data-state=\"(\\w+)");
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private final PageReader reader = new PageReader();
    private final PageReader other = new PageReader();

    @AfterEach
    void close() {
        reader.close();
        other.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mail_status = 'queued'                               | queued",
                "mailed_at = now()                                    | handed_over",
                "failed_at = now(), mail_status = 'abandoned'         | undeliverable",
                "mailed_at = now(), mail_status = 'bounced'           | undeliverable",
                "expires_at = now(), mailed_at = now()                | expired",
                "confirmed_at = now()                                 | used",
                "revoked_at = now(), revoked_by = 'sibling'           | used",
                "revoked_at = now(), revoked_by = 'app'               | ended",
                "revoked_at = now(), revoked_by = 'codes'             | ended"
            })
    void itSaysHowTheLinkStands(String change, String state) {
        change(reader.signIn(newAddress()), change);

        assertThat(shown()).isEqualTo(state);
    }

    @Test
    void itIsToldOfEveryChangeUntilTheLast() {
        var address = newAddress();
        var link = reader.signIn(address);
        try (var stream = new WaitingStream(reader)) {
            stream.awaitStates("queued");
            change(link, "mailed_at = now()");
            stream.awaitStates("queued", "handed_over");

            var pressed = other.submit(Person.path(link), Person.path(link), "email", address);

            assertThat(pressed.statusCode()).isEqualTo(303);
            stream.awaitStates("queued", "handed_over", "used");
            assertThat(stream.awaitEnd()).isTrue();
        }
    }

    @Test
    void aPressElsewhereSignsNobodyInHere() {
        var address = newAddress();
        var link = reader.signIn(address);

        var pressed = other.submit(Person.path(link), Person.path(link), "email", address);

        assertThat(pressed.statusCode()).isEqualTo(303);
        assertThat(shown()).isEqualTo("used");
        assertThat(reader.read("/code")).doesNotContain("name=\"code\"");
        assertThat(reader.open("/account").statusCode()).isEqualTo(303);
        assertThat(other.open("/account").statusCode()).isEqualTo(200);
    }

    @Test
    void aSuppressedLinkLooksLikeTheOnesBeforeIt() {
        var before = new ArrayList<LinkId>();
        for (int i = 0; i < 20; i++) {
            before.add(backendLink());
        }
        var address = newAddress();
        TestRows.update(
                "INSERT INTO auth.\"user\" (id, tenant, email, status)"
                        + " VALUES (uuidv7(), 'default', ?, 'blocked')",
                address);
        var link = reader.signIn(address);
        assertThat(TestRows.link(link)).containsEntry("suppressed", "t");

        change(link, "created_at = now() - interval '1 minute'");
        assertThat(shown()).as("the relay is away").isEqualTo("queued");

        change(before.getFirst(), "mailed_at = now()");
        assertThat(shown()).as("the relay is back").isEqualTo("handed_over");

        for (var mailed : before) {
            changeTimes(mailed, "5 minutes", "90 seconds");
        }
        assertThat(shown()).as("too early").isEqualTo("queued");
        for (var mailed : before) {
            changeTimes(mailed, "5 minutes", "10 seconds");
        }
        assertThat(shown()).isEqualTo("handed_over");
        assertThat(reader.read("/code")).contains("name=\"code\"");
        for (var mailed : before.subList(1, 20)) {
            change(mailed, "mailed_at = now()");
        }
        assertThat(shown()).as("what is slow since").isEqualTo("handed_over");

        for (var mailed : before) {
            changeTimes(mailed, "15 minutes", "10 seconds");
        }
        change(link, "created_at = now() - interval '611 seconds'");
        assertThat(shown()).as("an hour-glass runs for it as well").isEqualTo("expired");
    }

    @Test
    void theTimesOfSuppressedLinksAreSpreadAsThoseOfMailsAre() {
        for (int i = 1; i <= 20; i++) {
            changeTimes(backendLink(), "1 minute", i + " seconds");
        }
        var address = newAddress();
        TestRows.update(
                "INSERT INTO auth.\"user\" (id, tenant, email, status)"
                        + " VALUES (uuidv7(), 'default', ?, 'blocked')",
                address);
        var one = reader.signIn(address);
        change(one, "created_at = now() - interval '10500 milliseconds'");
        TestRows.update(
                "INSERT INTO auth.link SELECT (jsonb_populate_record(l, jsonb_build_object('id',"
                        + " uuidv7()))).* FROM auth.link l, generate_series(1, 40) WHERE l.id = ?",
                one.value());
        var room = RunningAuthApi.get().bean(WaitingRoom.class);
        var states =
                TestRows.select("SELECT id FROM auth.link WHERE email = ?", address).stream()
                        .map(row -> new LinkId(UUID.fromString(String.valueOf(row.get("id")))))
                        .map(link -> room.state(link).blockOptional().orElseThrow())
                        .toList();

        // Each by itself is a coin that is thrown.
        assertThat(states)
                .hasSize(41)
                .containsOnly(WaitingState.QUEUED, WaitingState.HANDED_OVER)
                .contains(WaitingState.QUEUED, WaitingState.HANDED_OVER);
    }

    @Test
    void aSuppressedLinkIsGivenUpWhereOthersWouldBe() {
        for (int i = 0; i < 20; i++) {
            var _ = backendLink();
        }
        var address = newAddress();
        TestRows.update(
                "INSERT INTO auth.\"user\" (id, tenant, email, status)"
                        + " VALUES (uuidv7(), 'default', ?, 'blocked')",
                address);

        change(reader.signIn(address), "deliver_by = now() - interval '1 second'");

        assertThat(shown()).isEqualTo("undeliverable");
    }

    @Test
    void theCookieOfAWaitingLinkIsOfNoUseElsewhere() {
        var link = reader.signIn(newAddress());

        var stolen = other.browser().get("/code", "Cookie", "latchkey-link=" + link);
        var events = other.browser().stream("/code/events", "Cookie", "latchkey-link=" + link);
        events.body().close();
        var malformed = other.browser().get("/code", "Cookie", "latchkey-link=x");

        assertThat(stolen.statusCode()).isEqualTo(303);
        assertThat(location(stolen)).isEqualTo("/sign-in");
        assertThat(events.statusCode()).isEqualTo(204);
        assertThat(malformed.statusCode()).isEqualTo(303);
    }

    @Test
    void oneLinkHasFewStreams() {
        var room = RunningAuthApi.get().bean(WaitingRoom.class);
        var _ = reader.signIn(newAddress());
        var streams = new ArrayList<WaitingStream>();
        try {
            for (int i = 0; i < 5; i++) {
                streams.add(new WaitingStream(reader));
            }
            assertThat(streams).extracting(WaitingStream::status).containsOnly(200);

            var refused = reader.browser().get("/code/events", "Accept", "text/event-stream");

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        } finally {
            streams.forEach(WaitingStream::close);
        }
        await().atMost(PATIENCE).until(() -> room.streams() == 0);
    }

    @Test
    void whoeverReadsNoStreamTakesNoPlace() {
        var room = RunningAuthApi.get().bean(WaitingRoom.class);
        var _ = reader.signIn(newAddress());

        for (int i = 0; i < 10; i++) {
            assertThat(reader.browser().head("/code/events").statusCode()).isEqualTo(200);
        }

        await().atMost(PATIENCE).until(() -> room.streams() == 0);
        try (var stream = new WaitingStream(reader)) {
            stream.awaitStates("queued");
        }
    }

    @Test
    void aNodeThatStopsEndsItsStreamsAndBrowsersComeBack() {
        var room = RunningAuthApi.get().bean(WaitingRoom.class);
        var _ = reader.signIn(newAddress());
        try (var stream = new WaitingStream(reader)) {
            stream.awaitStates("queued");
            try {
                room.stop();

                assertThat(stream.awaitEnd()).isFalse();
                assertThat(new WaitingStream(reader).status()).isEqualTo(503);
            } finally {
                room.start();
            }
        }
        try (var again = new WaitingStream(reader)) {
            again.awaitStates("queued");
        }
    }

    @Test
    void sendingAgainMakesAFreshLinkWithTheSameParameters() {
        var first = reader.signIn(newAddress());

        var again = waitedFor(reader.submit("/code", "/code/again"));

        assertThat(again).isNotEqualTo(first);
        assertThat(reader.read("/code")).contains("/code?link_id=" + again);
        assertThat(reader.read("/code?link_id=" + first)).contains("/code?link_id=" + first);
        var columns =
                new String[] {
                    "app_id", "email", "intent", "redirect_uri", "locale", "asked_by", "expires_in"
                };
        for (var column : columns) {
            assertThat(TestRows.link(again).get(column))
                    .as(column)
                    .isEqualTo(TestRows.link(first).get(column));
        }
        assertThat(reader.post(Person.path(first), "x").statusCode()).isEqualTo(403);
        assertThat(reader.submit(Person.path(first), Person.path(first)).statusCode())
                .isEqualTo(303);
    }

    @Test
    void aDeadLinkOffersAFreshOneForThisBrowser() {
        var request = requestFor("eve.fresh@mail.example");
        request.put("state", "st ate");
        request.put("end_user", java.util.Map.of("user_agent", "Asking/1"));
        try (var backend = new Backend(APP)) {
            var dead = backend.link(request);
            change(dead, "expires_at = now()");
            var page = other.open(Person.path(dead));
            assertThat(page.statusCode()).isEqualTo(410);
            assertThat(page.body())
                    .contains("The link has expired", "e***@mail.example", "/again\"")
                    .doesNotContain("eve.fresh");

            var fresh =
                    waitedFor(
                            other.post(
                                    Person.path(dead) + "/again",
                                    io.latchkey.auth.Browser.field(page)));

            assertThat(other.read("/code")).doesNotContain("eve.fresh");
            var path = Person.path(fresh);
            assertThat(other.read(path)).doesNotContain("name=\"email\"");
            var pressed = other.submit(path, path);
            assertThat(Person.parameter(pressed, "state")).isEqualTo("st ate");
            // As no authorization request has asked for it, none is repeated.
            Backend.tokens(backend.redeem(Person.code(pressed), "redirect_uri", null));
        }
    }

    @Test
    void onlyADeadAndGenuineLinkIsSentAgain() {
        var alive = Person.path(backendLink());

        var ofAlive = reader.submit("/sign-in", alive + "/again");
        var ofForged = reader.submit("/sign-in", "/l/x/again");

        assertThat(ofAlive.statusCode()).isEqualTo(303);
        assertThat(location(ofAlive)).isEqualTo(alive);
        assertThat(ofForged.statusCode()).isEqualTo(404);
    }

    private static LinkId backendLink() {
        try (var backend = new Backend(APP)) {
            return backend.link(newAddress());
        }
    }

    private String shown() {
        var match = STATE.matcher(reader.read("/code"));
        assertThat(match.find()).isTrue();
        return match.group(1);
    }

    private static void changeTimes(LinkId link, String ago, String took) {
        change(
                link,
                "created_at = now() - interval '%1$s', mailed_at = now() - interval '%1$s' + interval '%2$s'"
                        .formatted(ago, took));
    }

    private static void change(LinkId link, String columns) {
        TestRows.update("UPDATE auth.link SET " + columns + " WHERE id = ?", link.value());
    }
}
