package io.latchkey.auth.oauth;

import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.Backend.requestFor;
import static io.latchkey.auth.RunningAuthApi.APP;
import static io.latchkey.auth.RunningAuthApi.SISTER;
import static io.latchkey.auth.oauth.AuthorizationCodeIT.assertInvalidGrant;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.auth.AtOnce;
import io.latchkey.auth.Backend;
import io.latchkey.auth.Browser;
import io.latchkey.auth.Person;
import io.latchkey.auth.RunningAuthApi;
import io.latchkey.auth.TestEvents;
import io.latchkey.auth.TestLocks;
import io.latchkey.auth.TestRows;
import io.latchkey.events.CodeRejected;
import io.latchkey.events.LinkConfirmed;
import io.latchkey.events.LinkId;
import io.latchkey.events.LinkRevoked;
import io.latchkey.events.Means;
import io.latchkey.events.RevokedBy;
import io.latchkey.events.SessionId;
import io.latchkey.events.secret.EmailCode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** S1 and S6 for the six-digit code. */
class EmailCodeIT {
    private static final String GRANT = "urn:latchkey:grant-type:email-code";
    private static final String VERIFIER = "v".repeat(43);
    private final Backend backend = new Backend(APP);
    private final String address = newAddress();

    @AfterEach
    void close() {
        backend.close();
    }

    private static String codeOf(LinkId link) {
        var ring = RunningAuthApi.get().ring();
        return EmailCode.of(link, ring.currentKid(), ring.mail());
    }

    /** The n-th code that is not the right one. */
    private static String wrongCode(LinkId link, int n) {
        var wrong = (Integer.parseInt(codeOf(link)) + n) % 1_000_000;
        return "%06d".formatted(wrong);
    }

    private static HttpResponse<String> type(
            Backend app, LinkId link, String code, String... more) {
        var form = new java.util.HashMap<String, @org.jspecify.annotations.Nullable String>();
        form.putAll(Map.of("grant_type", GRANT, "link_id", link.toString(), "code", code));
        for (int i = 0; i < more.length; i += 2) {
            form.put(more[i], more[i + 1]);
        }
        return app.token(form);
    }

    private HttpResponse<String> type(LinkId link, String code, String... more) {
        return type(backend, link, code, more);
    }

    @Test
    void whatEndedBetweenTheCodeAndTheSessionMayBeRepeated() {
        var link = backend.link(address);
        // As a node leaves it that dies after the first of both steps.
        TestRows.update(
                "UPDATE auth.link l SET confirmed_at = now(), confirmed_by = 'email-code grant',"
                        + " user_id = u.id FROM auth.\"user\" u WHERE l.id = ? AND u.id = ?",
                link.value(),
                userOf(backend.signIn(newAddress())));

        var answers = AtOnce.times(8, () -> type(link, codeOf(link)));

        assertThat(answers).filteredOn(a -> a.statusCode() == 200).hasSize(1);
        var session = answers.stream().filter(a -> a.statusCode() == 200).findFirst().orElseThrow();
        assertThat(
                        backend.refresh(
                                        Backend.tokens(session)
                                                .required("refresh_token")
                                                .stringValue())
                                .statusCode())
                .isEqualTo(200);
    }

    private static UUID userOf(JsonNode tokens) {
        var session = SessionId.parse(tokens.required("session_id").stringValue());
        return UUID.fromString(
                String.valueOf(
                        TestRows.select(
                                        "SELECT user_id FROM auth.session WHERE id = ?",
                                        session.value())
                                .getFirst()
                                .get("user_id")));
    }

    @Test
    void theCodeBeginsASession() {
        var link = backend.link(address);

        var tokens = Backend.tokens(type(link, codeOf(link)));

        assertThat(tokens.propertyNames())
                .contains("access_token", "id_token", "refresh_token", "session_id");
        var session = SessionId.parse(tokens.required("session_id").stringValue());
        assertThat(backend.status(link)).isEqualTo("exchanged");
        assertThat(TestEvents.awaitOne(link, LinkConfirmed.class).means()).isEqualTo(Means.CODE);
        TestEvents.awaitExactly(session, "SessionIssued");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s %s", "%s-%s", " %s%s "})
    void theCodeMayBeTypedWithBlanksAndHyphens(String form) {
        var link = backend.link(address);
        var code = codeOf(link);

        var answer = type(link, form.formatted(code.substring(0, 3), code.substring(3)));

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void ofFiftyAtOnceOneBeginsTheSession() {
        var link = backend.link(address);

        var answers = AtOnce.times(50, () -> type(link, codeOf(link)));

        assertThat(answers).filteredOn(answer -> answer.statusCode() == 200).hasSize(1);
        answers.stream()
                .filter(answer -> answer.statusCode() != 200)
                .forEach(AuthorizationCodeIT::assertInvalidGrant);
        assertThat(
                        TestRows.count(
                                "FROM auth.session WHERE link_id = ? AND ended_at IS NULL",
                                link.value()))
                .isOne();
    }

    @Test
    void buttonAndCodeAtOnceLeadToOneSession() {
        for (int i = 0; i < 5; i++) {
            var link = backend.link(newAddress());
            try (var person = new Person()) {
                var field = Browser.field(person.open(link));
                var presses =
                        List.<Callable<Integer>>of(
                                () -> person.submit(link, field).statusCode(),
                                () -> type(link, codeOf(link)).statusCode());

                var answers = AtOnce.all(presses);

                assertThat(answers).containsAnyOf(303, 200).isNotEqualTo(List.of(303, 200));
            }
        }
    }

    @Test
    void theFifthWrongCodeEndsTheLink() {
        var link = backend.link(address);

        for (int i = 1; i <= 5; i++) {
            assertInvalidGrant(type(link, wrongCode(link, i)));
        }

        var revoked = TestEvents.awaitOne(link, LinkRevoked.class);
        assertThat(revoked.by()).isEqualTo(RevokedBy.CODES);
        assertThat(backend.status(link)).isEqualTo("revoked");
        assertThat(TestEvents.about(link))
                .extracting(envelope -> envelope.event())
                .filteredOn(CodeRejected.class::isInstance)
                .extracting(event -> ((CodeRejected) event).triesLeft())
                .containsExactlyInAnyOrder(4, 3, 2, 1, 0);
        assertThat(rejection(type(link, codeOf(link))).triesLeft()).isZero();
        try (var person = new Person()) {
            assertThat(person.open(link).statusCode()).isEqualTo(410);
        }
    }

    /** Fifty that wait for one row do not all have a place, nor come to it in time. */
    private int guess(LinkId link, String code) {
        for (int attempt = 0; attempt < 10; attempt++) {
            var status = type(link, code).statusCode();
            if (status != 503) {
                return status;
            }
        }
        return 503;
    }

    @Test
    void ofFiftyGuessesAtOnceNoMoreThanFiveCount() {
        var link = backend.link(address);
        var guesses = new ArrayList<Callable<Integer>>();
        IntStream.rangeClosed(1, 50)
                .forEach(n -> guesses.add(() -> guess(link, wrongCode(link, n))));

        // More than may count have looked at the link before the first of them is counted.
        var answers =
                TestLocks.whileHeld(
                        10,
                        () -> AtOnce.all(guesses),
                        "SELECT FROM auth.link WHERE id = ? FOR UPDATE",
                        link.value());

        assertThat(answers).containsOnly(400);
        assertThat(TestRows.link(link)).containsEntry("code_tries", "5");
        assertThat(
                        TestRows.select(
                                "SELECT tries FROM auth.code_tries WHERE subject = ?",
                                String.valueOf(TestRows.link(link).get("subject"))))
                .containsExactly(Map.of("tries", "5"));
    }

    @Test
    void aHundredWrongCodesADayBlockCodesButNotLinks() {
        var first = backend.link(address);
        type(first, wrongCode(first, 1));
        TestRows.update(
                "UPDATE auth.code_tries SET tries = 100 WHERE subject = ?",
                String.valueOf(TestRows.link(first).get("subject")));
        var second = backend.link(address);

        assertInvalidGrant(type(second, codeOf(second)));
        assertInvalidGrant(type(second, wrongCode(second, 1)));

        assertThat(TestRows.link(second)).containsEntry("code_tries", "0");
        try (var person = new Person()) {
            assertThat(person.press(second).statusCode()).isEqualTo(303);
        }
        TestRows.update("UPDATE auth.code_tries SET day = day - 1 WHERE tries = 100");
        var third = backend.link(address);
        assertThat(type(third, codeOf(third)).statusCode()).as("another day").isEqualTo(200);
    }

    @Test
    void ofWrongCodesAtOnceOnSeveralLinksNoMoreThanAHundredADayCount() {
        var links = IntStream.range(0, 4).mapToObj(_ -> backend.link(address)).toList();
        var subject = subject(links.getFirst());
        TestRows.update("INSERT INTO auth.code_tries VALUES (?, auth.today(), 98)", subject);
        var guesses =
                links.stream()
                        .<Callable<Integer>>map(
                                link -> () -> type(link, wrongCode(link, 1)).statusCode())
                        .toList();

        var answers =
                TestLocks.whileHeld(
                        guesses.size(),
                        () -> AtOnce.all(guesses),
                        "SELECT FROM auth.code_tries WHERE subject = ? FOR UPDATE",
                        subject);

        assertThat(answers).containsOnly(400);
        assertThat(TestRows.select("SELECT tries FROM auth.code_tries WHERE subject = ?", subject))
                .containsExactly(Map.of("tries", "100"));
        assertThat(links)
                .extracting(link -> TestRows.link(link).get("code_tries"))
                .containsExactlyInAnyOrder("1", "1", "0", "0");
    }

    private static String subject(LinkId link) {
        return String.valueOf(TestRows.link(link).get("subject"));
    }

    @Test
    void aRightCodeWaitsForTheWrongOnesThatAreBeingCounted() {
        var link = backend.link(address);
        type(link, wrongCode(link, 1));

        var answer =
                TestLocks.whileHeld(
                        1,
                        () -> type(link, codeOf(link)),
                        "UPDATE auth.code_tries SET tries = 100 WHERE subject = ?",
                        subject(link));

        assertInvalidGrant(answer);
    }

    @Test
    void codesThatAreNotCountedAreRecorded() {
        var link = backend.link(address);
        TestRows.update(
                "INSERT INTO auth.code_tries SELECT subject, auth.today(), 100"
                        + " FROM auth.link WHERE id = ?",
                link.value());

        var blocked = type(link, codeOf(link));
        TestRows.update("UPDATE auth.link SET expires_at = now() WHERE id = ?", link.value());
        var dead = type(link, codeOf(link));

        assertThat(rejection(blocked).context().reason()).isEqualTo("codes_blocked");
        assertThat(rejection(dead).context().reason()).isEqualTo("link_dead");
    }

    private static CodeRejected rejection(HttpResponse<String> answer) {
        assertInvalidGrant(answer);
        return TestEvents.awaitOne(
                answer.headers().firstValue("X-Request-Id").orElseThrow(), CodeRejected.class);
    }

    @Test
    void aLinkThatNothingWasMailedForCountsAndRefusesAlike() {
        var request = requestFor(address);
        request.put("intent", "sign_in");
        var link = backend.link(request);
        assertThat(backend.status(link)).isEqualTo("suppressed");

        assertInvalidGrant(type(link, codeOf(link)));
        for (int i = 1; i <= 4; i++) {
            assertInvalidGrant(type(link, wrongCode(link, i)));
        }

        assertThat(TestRows.link(link))
                .containsEntry("code_tries", "5")
                .containsEntry("revoked_by", "codes");
    }

    @Test
    void aLinkThatNothingWasMailedForStopsCountingWhenAMailedOneWould() {
        var mailed = backend.link(newAddress());
        TestRows.update(
                "UPDATE auth.link SET created_at = now() - interval '12 minutes',"
                        + " mailed_at = now() - interval '12 minutes' + interval '1 second'"
                        + " WHERE id = ?",
                mailed.value());
        var request = requestFor(address);
        request.put("intent", "sign_in");
        var link = backend.link(request);
        TestRows.update(
                "UPDATE auth.link SET created_at = created_at - interval '11 minutes' WHERE id = ?",
                link.value());

        var refused = rejection(type(link, wrongCode(link, 1)));

        assertThat(refused.context().reason()).isEqualTo("link_dead");
        assertThat(TestRows.link(link)).containsEntry("code_tries", "0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"12345", "1234567", "abcdef", "12345a"})
    void whatIsNoCodeIsNoTry(String typed) {
        var link = backend.link(address);

        assertInvalidGrant(type(link, typed));

        assertThat(TestRows.link(link)).containsEntry("code_tries", "0");
    }

    @Test
    void anotherAppsCodeIsNoTry() {
        var link = backend.link(address);
        try (var sister = new Backend(SISTER)) {
            assertInvalidGrant(type(sister, link, codeOf(link)));
            assertInvalidGrant(type(sister, link, wrongCode(link, 1)));
        }

        assertThat(TestRows.link(link)).containsEntry("code_tries", "0");
        assertThat(type(link, codeOf(link)).statusCode()).isEqualTo(200);
    }

    @Test
    void unknownAndMalformedLinksAreRefused() {
        assertInvalidGrant(type(LinkId.next(), "123456"));
        assertInvalidGrant(
                backend.token(Map.of("grant_type", GRANT, "link_id", "link_x", "code", "123456")));
        var incomplete = backend.token(Map.of("grant_type", GRANT, "code", "123456"));
        assertThat(incomplete.statusCode()).isEqualTo(400);
        assertThat(incomplete.body()).contains("invalid_request");
    }

    @Test
    void whereAChallengeWasGivenTheVerifierIsRequired() {
        var request = requestFor(address);
        request.put("code_challenge", CodeVerifier.challenge(VERIFIER));
        request.put("code_challenge_method", "S256");
        var link = backend.link(request);

        assertInvalidGrant(type(link, codeOf(link)));
        assertThat(TestRows.link(link)).containsEntry("code_tries", "0");
        assertInvalidGrant(type(link, codeOf(link), "code_verifier", "w".repeat(43)));
        assertThat(TestRows.link(link)).containsEntry("code_tries", "1");

        assertThat(type(link, codeOf(link), "code_verifier", VERIFIER).statusCode()).isEqualTo(200);
    }

    @Test
    void aVerifierWithoutAChallengeIsRefused() {
        var link = backend.link(address);

        assertInvalidGrant(type(link, codeOf(link), "code_verifier", VERIFIER));

        assertThat(backend.status(link)).isEqualTo("accepted");
    }

    @Test
    void anExpiredLinksCodeIsRefused() {
        var link = backend.link(address);
        TestRows.update(
                "UPDATE auth.link SET expires_at = now() - interval '1 second' WHERE id = ?",
                link.value());

        assertInvalidGrant(type(link, codeOf(link)));

        assertThat(TestRows.link(link)).containsEntry("code_tries", "0");
    }
}
