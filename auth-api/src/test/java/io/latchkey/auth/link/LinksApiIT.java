package io.latchkey.auth.link;

import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.Backend.requestFor;
import static io.latchkey.auth.Browser.json;
import static io.latchkey.auth.RunningAuthApi.APP;
import static io.latchkey.auth.RunningAuthApi.CLOSED;
import static io.latchkey.auth.RunningAuthApi.SISTER;
import static io.latchkey.auth.RunningAuthApi.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.auth.AtOnce;
import io.latchkey.auth.Backend;
import io.latchkey.auth.Browser;
import io.latchkey.auth.Person;
import io.latchkey.auth.TestEvents;
import io.latchkey.auth.TestRows;
import io.latchkey.events.LinkId;
import io.latchkey.events.LinkRevoked;
import io.latchkey.events.RevokedBy;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinksApiIT {
    private final Backend backend = new Backend(APP);

    @AfterEach
    void close() {
        backend.close();
    }

    @Test
    void anAcceptedRequestSaysItsIdAndItsLatestEnd() {
        var request = requestFor(newAddress());
        request.put("expires_in", 120);
        request.put("deliver_within", 60);

        var accepted = backend.request(request);

        var body = json(accepted);
        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(body.propertyNames()).containsExactlyInAnyOrder("link_id", "expires_at");
        var link = LinkId.parse(body.required("link_id").stringValue());
        var look = backend.look(link);
        var created = Instant.parse(look.required("created_at").stringValue());
        assertThat(Instant.parse(body.required("expires_at").stringValue()))
                .isEqualTo(created.plus(Duration.ofMinutes(3)));
        assertThat(look.required("status").stringValue()).isEqualTo("accepted");
        assertThat(look.required("mail").required("status").stringValue()).isEqualTo("queued");
        assertThat(look.propertyNames())
                .containsExactlyInAnyOrder(
                        "link_id",
                        "status",
                        "created_at",
                        "expires_at",
                        "mail",
                        "confirmed_at",
                        "exchanged_at");
    }

    @Test
    void theSameKeyAndBodyGiveTheSameAnswerAndOneMail() {
        var request = requestFor(newAddress());
        var key = UUID.randomUUID().toString();

        var first = backend.request(request, "Idempotency-Key", key);
        var second = backend.request(request, "Idempotency-Key", key);

        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(second.statusCode()).isEqualTo(202);
        assertThat(second.body()).isEqualTo(first.body());
        var link = json(first).required("link_id").stringValue();
        TestEvents.awaitExactly(link, "LinkRequested");
        assertThat(TestRows.count("FROM auth.link WHERE email = ?", request.get("email")))
                .isEqualTo(1);
    }

    @Test
    void theSameKeyWithAnotherBodyIsAConflict() {
        var request = requestFor(newAddress());
        var key = UUID.randomUUID().toString();
        backend.request(request, "Idempotency-Key", key);
        request.put("state", "another");

        assertProblem(backend.request(request, "Idempotency-Key", key), 409, "conflict");
    }

    @Test
    void aKeyIsTheAppsOwn() {
        var request = requestFor(newAddress());
        var key = UUID.randomUUID().toString();
        try (var sister = new Backend(SISTER)) {
            var ours = backend.request(request, "Idempotency-Key", key);
            var hers = sister.request(request, "Idempotency-Key", key);

            assertThat(hers.statusCode()).isEqualTo(202);
            assertThat(hers.body()).isNotEqualTo(ours.body());
        }
    }

    @Test
    void aKeyIsForgottenAfterADay() {
        var request = requestFor(newAddress());
        var key = UUID.randomUUID().toString();
        var first = backend.request(request, "Idempotency-Key", key);
        TestRows.update(
                "UPDATE auth.idempotency_key SET created_at = now() - interval '25 hours'"
                        + " WHERE key = ?",
                key);

        var second = backend.request(request, "Idempotency-Key", key);

        assertThat(second.statusCode()).isEqualTo(202);
        assertThat(second.body()).isNotEqualTo(first.body());
    }

    @Test
    void twentyAtOnceWithOneKeyMakeOneLink() {
        var request = requestFor(newAddress());
        var key = UUID.randomUUID().toString();

        var answers = AtOnce.times(20, () -> backend.request(request, "Idempotency-Key", key));

        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(202);
        assertThat(answers).extracting(HttpResponse::body).containsOnly(answers.get(0).body());
        assertThat(TestRows.count("FROM auth.link WHERE email = ?", request.get("email")))
                .isEqualTo(1);
        TestEvents.awaitExactly(
                json(answers.get(0)).required("link_id").stringValue(), "LinkRequested");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\tb", "x256"})
    void aMalformedKeyIsRefused(String key) {
        var sent = key.equals("x256") ? "x".repeat(256) : key;

        assertProblem(
                backend.request(requestFor(newAddress()), "Idempotency-Key", sent),
                400,
                "invalid_request");
    }

    @Test
    void twoKeysAreRefused() {
        assertProblem(
                backend.request(
                        requestFor(newAddress()), "Idempotency-Key", "a", "Idempotency-Key", "b"),
                400,
                "invalid_request");
    }

    @Test
    void theLongestKeyIsTaken() {
        var key = UUID.randomUUID() + "~".repeat(219);

        assertThat(backend.request(requestFor(newAddress()), "Idempotency-Key", key).statusCode())
                .isEqualTo(202);
    }

    @Test
    void anotherAppsLinkIsNotFoundNorEnded() {
        var link = backend.link(newAddress());
        try (var sister = new Backend(SISTER);
                var stranger = new Backend(STRANGER)) {
            for (var other : List.of(sister, stranger)) {
                assertProblem(other.find(link), 404, "not_found");
                assertProblem(other.revoke(link), 404, "not_found");
            }
        }

        assertThat(backend.status(link)).isEqualTo("accepted");
    }

    @Test
    void anUnknownLinkIsNotFound() {
        for (var id : List.of(LinkId.next().toString(), "link_x", "x", APP.toString())) {
            assertProblem(backend.find(id), 404, "not_found");
            assertProblem(backend.revoke(id), 404, "not_found");
        }
    }

    @Test
    void revokingEndsALiveLinkAndMayBeRepeated() {
        var link = backend.link(newAddress());
        try (var person = new Person()) {
            var field = Browser.field(person.open(link));

            assertThat(backend.revoke(link).statusCode()).isEqualTo(204);
            assertThat(backend.revoke(link).statusCode()).isEqualTo(204);

            assertThat(backend.status(link)).isEqualTo("revoked");
            assertThat(person.submit(link, field).statusCode()).isEqualTo(410);
        }
        assertThat(TestEvents.awaitOne(link, LinkRevoked.class).by()).isEqualTo(RevokedBy.APP);
    }

    @Test
    void revokingAConfirmedLinkEndsItsCode() {
        var link = backend.link(newAddress());
        try (var person = new Person()) {
            var code = person.confirm(link);

            assertThat(backend.revoke(link).statusCode()).isEqualTo(204);

            assertThat(json(backend.redeem(code)).required("error").stringValue())
                    .isEqualTo("invalid_grant");
        }
    }

    @Test
    void revokingAnExchangedLinkChangesNothing() {
        var link = backend.link(newAddress());
        try (var person = new Person()) {
            var tokens = Backend.tokens(backend.redeem(person.confirm(link)));

            assertThat(backend.revoke(link).statusCode()).isEqualTo(204);

            assertThat(backend.status(link)).isEqualTo("exchanged");
            assertThat(backend.refresh(tokens.required("refresh_token").stringValue()).statusCode())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example/callback/",
                "https://app.example/callback?x=1",
                "https://app.example.evil.example/callback",
                "https://evil.example/",
                "http://127.0.0.1:3001/callback"
            })
    void anUnregisteredRedirectUriIsRefused(String uri) {
        var request = requestFor(newAddress());
        request.put("redirect_uri", uri);

        assertProblem(backend.request(request), 400, "redirect_uri_not_allowed");

        assertThat(TestRows.count("FROM auth.link WHERE email = ?", request.get("email"))).isZero();
    }

    @Test
    void knownUnknownAndBlockedAddressesHaveTheSameAnswers() {
        var known = newAddress();
        var blocked = newAddress();
        backend.signIn(known);
        backend.signIn(blocked);
        TestRows.update("UPDATE auth.\"user\" SET status = 'blocked' WHERE email = ?", blocked);

        for (var intent : List.of("sign_in", "sign_in_or_up", "sign_up")) {
            var answers =
                    Stream.of(known, newAddress(), blocked)
                            .map(
                                    address -> {
                                        var request = requestFor(address);
                                        request.put("intent", intent);
                                        return backend.request(request, "X-Request-Id", "same");
                                    })
                            .toList();

            assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(202);
            assertThat(answers).extracting(LinksApiIT::shape).containsOnly(shape(answers.get(0)));
        }
    }

    @Test
    void signInOfAnUnknownAddressIsSuppressedAndOnlyTheAppLearns() {
        var request = requestFor(newAddress());
        request.put("intent", "sign_in");

        var link = backend.link(request);

        var look = backend.look(link);
        assertThat(look.required("status").stringValue()).isEqualTo("suppressed");
        assertThat(look.required("mail").required("status").stringValue()).isEqualTo("suppressed");
        TestEvents.awaitExactly(link, "LinkSuppressed");
    }

    @Test
    void aBlockedUserIsMailedNothing() {
        var address = newAddress();
        backend.signIn(address);
        TestRows.update("UPDATE auth.\"user\" SET status = 'blocked' WHERE email = ?", address);

        var link = backend.link(address);

        assertThat(backend.status(link)).isEqualTo("suppressed");
        TestEvents.awaitExactly(link, "LinkSuppressed");
    }

    @Test
    void closedSignUpIsRefusedForEveryAddressAndSignInOrUpActsAsSignIn() {
        try (var closed = new Backend(CLOSED)) {
            var request = requestFor(newAddress());
            request.put("intent", "sign_up");
            assertProblem(closed.request(request), 403, "forbidden");

            assertThat(closed.status(closed.link(newAddress()))).isEqualTo("suppressed");
        }
    }

    @Test
    void aBodyIsCheckedAsAWholeAndNothingIsKept() {
        var answer =
                backend.send(
                        "{\"email\":\"a@b\",\"redirect_uri\":\"\",\"expires_in\":\"600\",\"x\":1}");

        assertProblem(answer, 400, "invalid_request");
        assertThat(json(answer).required("errors").size()).isPositive();
        assertThat(json(answer).required("request_id").stringValue())
                .isEqualTo(answer.headers().firstValue("X-Request-Id").orElseThrow());
    }

    static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        assertThat(json(answer).required("code").stringValue()).isEqualTo(code);
        assertThat(json(answer).required("status").intValue()).isEqualTo(status);
    }

    /** Headers without the date, and the names and lengths of what is in the body. */
    private static Map<String, Object> shape(HttpResponse<String> answer) {
        var shape = new TreeMap<String, Object>(answer.headers().map());
        shape.remove("date");
        json(answer)
                .properties()
                .forEach(p -> shape.put("body." + p.getKey(), p.getValue().getNodeType()));
        shape.put("body", answer.body().length());
        return shape;
    }
}
