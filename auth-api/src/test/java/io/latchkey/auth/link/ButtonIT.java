package io.latchkey.auth.link;

import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.Backend.requestFor;
import static io.latchkey.auth.RunningAuthApi.APP;
import static io.latchkey.auth.RunningAuthApi.LAX;
import static io.latchkey.auth.RunningAuthApi.SISTER;
import static io.latchkey.auth.RunningAuthApi.STRICT;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.auth.AtOnce;
import io.latchkey.auth.Backend;
import io.latchkey.auth.Browser;
import io.latchkey.auth.Person;
import io.latchkey.auth.TestEvents;
import io.latchkey.auth.TestRows;
import io.latchkey.events.LinkConfirmed;
import io.latchkey.events.LinkId;
import io.latchkey.events.LinkRevoked;
import io.latchkey.events.Means;
import io.latchkey.events.RevokedBy;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Promises S1 to S3: who presses, and how often. */
class ButtonIT {
    private static final String ASKING = "Asking/1.0";
    private final Backend backend = new Backend(APP);

    @AfterEach
    void close() {
        backend.close();
    }

    @Test
    void fiftyPressesFromFiftyBrowsersHaveExactlyOneWinner() {
        var link = backend.link(newAddress());
        var people = Stream.generate(Person::new).limit(50).toList();
        try {
            var presses =
                    people.stream()
                            .map(
                                    person -> {
                                        var field = Browser.field(person.open(link));
                                        return (Callable<HttpResponse<String>>)
                                                () -> person.submit(link, field);
                                    })
                            .toList();

            var answers = AtOnce.all(presses);

            assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(303, 410);
            assertThat(answers).filteredOn(a -> a.statusCode() == 303).hasSize(1);
        } finally {
            people.forEach(Person::close);
        }
        TestEvents.awaitOne(link, LinkConfirmed.class);
    }

    @Test
    void aDoubleClickGetsTheSameAnswer() {
        var link = backend.link(newAddress());
        try (var person = new Person()) {
            var field = Browser.field(person.open(link));

            var answers = AtOnce.times(5, () -> person.submit(link, field));

            assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(303);
            assertThat(answers)
                    .extracting(a -> a.headers().firstValue("Location").orElseThrow())
                    .containsOnly(answers.get(0).headers().firstValue("Location").orElseThrow());
            assertThat(TestEvents.awaitOne(link, LinkConfirmed.class).means())
                    .isEqualTo(Means.BUTTON);
        }
    }

    @Test
    void aSecondPressAfterTenSecondsFindsTheLinkUsed() {
        var link = backend.link(newAddress());
        try (var person = new Person()) {
            var field = Browser.field(person.open(link));
            var _ = person.submit(link, field);
            TestRows.update(
                    "UPDATE auth.link SET confirmed_at = now() - interval '11 seconds'"
                            + " WHERE id = ?",
                    link.value());

            assertThat(person.submit(link, field).statusCode()).isEqualTo(410);
        }
    }

    @Test
    void anotherBrowserMustTypeTheAddress() {
        var link = backend.link(askedFrom("Ada.Button@mail.example"));
        try (var other = Person.withUserAgent("Other/1.0")) {
            assertThat(other.open(link).body()).contains("name=\"email\"");

            var without = other.press(link);
            var wrong = other.press(link, "email", "ada.buttom@mail.example");
            var noAddress = other.press(link, "email", "ada");
            assertThat(without.statusCode()).isEqualTo(200);
            assertThat(without.body()).contains("name=\"email\"");
            assertThat(wrong.statusCode()).isEqualTo(403);
            assertThat(noAddress.statusCode()).isEqualTo(403);
            assertThat(backend.status(link)).isEqualTo("accepted");

            var right = other.press(link, "email", " ADA.button@MAIL.example ");
            assertThat(right.statusCode()).isEqualTo(303);
        }
        assertThat(TestEvents.awaitOne(link, LinkConfirmed.class).sameBrowser()).isFalse();
    }

    @Test
    void theAskingBrowserNeedNotTypeIt() {
        var link = backend.link(askedFrom(newAddress()));
        try (var asking = Person.withUserAgent(ASKING)) {
            assertThat(asking.open(link).body()).doesNotContain("name=\"email\"");
            assertThat(asking.press(link).statusCode()).isEqualTo(303);
        }
        assertThat(TestEvents.awaitOne(link, LinkConfirmed.class).sameBrowser()).isTrue();
    }

    @Test
    void aStrictAppRefusesOtherBrowsersWhateverTheyType() {
        var address = newAddress();
        try (var strict = new Backend(STRICT);
                var other = Person.withUserAgent("Other/1.0");
                var asking = Person.withUserAgent(ASKING)) {
            var link = strict.link(askedFrom(address));
            var page = other.open(link);
            var field = Browser.field(asking.open(link));

            assertThat(page.statusCode()).isEqualTo(403);
            assertThat(page.body()).contains("six-digit code").doesNotContain("<form");
            var otherField = Browser.field(other.open(backend.link(newAddress())));
            assertThat(other.submit(link, otherField, "email", address).statusCode())
                    .isEqualTo(403);
            assertThat(strict.status(link)).isEqualTo("accepted");
            assertThat(asking.submit(link, field).statusCode()).isEqualTo(303);
        }
    }

    @Test
    void aLaxAppLetsEveryBrowserIn() {
        try (var lax = new Backend(LAX);
                var other = Person.withUserAgent("Other/1.0")) {
            assertThat(other.press(lax.link(askedFrom(newAddress()))).statusCode()).isEqualTo(303);
        }
    }

    @Test
    void aUsedLinkEndsItsSiblingsAndNobodyElses() {
        var address = newAddress();
        var used = backend.link(address);
        var sibling = backend.link(address);
        var stranger = backend.link(newAddress());
        try (var sister = new Backend(SISTER);
                var person = new Person()) {
            var hers = sister.link(address);

            var _ = person.confirm(used);

            assertThat(backend.status(sibling)).isEqualTo("revoked");
            assertThat(backend.status(stranger)).isEqualTo("accepted");
            assertThat(sister.status(hers)).isEqualTo("accepted");
        }
        assertThat(TestEvents.awaitOne(sibling, LinkRevoked.class).by())
                .isEqualTo(RevokedBy.SIBLING);
    }

    @Test
    void ofTwoSiblingsPressedAtOnceOneWinsAndNoneIsLeftAlive() {
        try (var one = new Person();
                var other = new Person()) {
            for (int round = 0; round < 20; round++) {
                var address = newAddress();
                var first = backend.link(address);
                var second = backend.link(address);
                var presses = new ArrayList<Callable<HttpResponse<String>>>();
                presses.add(press(one, first));
                presses.add(press(other, second));
                Collections.shuffle(presses);

                var answers = AtOnce.all(presses);

                assertThat(answers).extracting(HttpResponse::statusCode).contains(303);
                assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(303, 410);
                assertThat(List.of(backend.status(first), backend.status(second)))
                        .containsOnly("confirmed", "revoked")
                        .contains("confirmed");
            }
        }
    }

    private static Callable<HttpResponse<String>> press(Person person, LinkId link) {
        var field = Browser.field(person.open(link));
        return () -> person.submit(link, field);
    }

    private static Map<String, Object> askedFrom(String address) {
        var request = requestFor(address);
        request.put("end_user", Map.of("user_agent", ASKING));
        return request;
    }
}
