package io.latchkey.auth.link;

import static io.latchkey.auth.Api.body;
import static io.latchkey.auth.Api.problem;
import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.Backend.requestFor;
import static io.latchkey.auth.RunningAuthApi.APP;
import static io.latchkey.auth.RunningAuthApi.CLOSED;
import static io.latchkey.auth.RunningAuthApi.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.auth.Api;
import io.latchkey.auth.Backend;
import io.latchkey.auth.TestEvents;
import io.latchkey.auth.TestRows;
import io.latchkey.events.LinkId;
import io.latchkey.events.LinkRequested;
import io.latchkey.events.LinkSuppressed;
import io.latchkey.events.UserId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Links for users whom the app names otherwise than by the address. */
class IdentifiersIT {
    private static final String USERS = "/api/v1/users";
    private final Api app = Api.of(APP);
    private final Backend backend = new Backend(APP);
    private final String email = newAddress();
    private final String username = "name-" + UUID.randomUUID();
    private final String number =
            "+49" + ThreadLocalRandom.current().nextLong(1_000_000_000L, 10_000_000_000L);
    private final JsonNode user =
            body(
                    app.post(
                            USERS,
                            Map.of(
                                    "email", email,
                                    "username", username,
                                    "phone_number", number,
                                    "attributes", Map.of("staff no", username))),
                    201);

    @AfterEach
    void close() {
        app.close();
        backend.close();
    }

    private String id() {
        return user.required("user_id").stringValue();
    }

    private String value(String type) {
        return switch (type) {
            case "user_id" -> id();
            case "phone_number" -> number;
            default -> username;
        };
    }

    private static Map<String, Object> named(String type, String value) {
        var request = new HashMap<>(requestFor("unused@example.com"));
        request.remove("email");
        request.put("identifier", Map.of("type", type, "value", value));
        return request;
    }

    private void assertNobody(Backend caller, Map<String, Object> request) {
        var users = TestRows.count("FROM auth.\"user\"");

        var link = caller.link(request);

        assertThat(caller.status(link)).isEqualTo("suppressed");
        var event = TestEvents.awaitOne(link, LinkSuppressed.class);
        assertThat(event.context().emailMasked()).endsWith("@identifier.invalid");
        assertThat(TestRows.link(link).toString()).doesNotContain(email, username, number);
        TestEvents.awaitExactly(link, "LinkSuppressed");
        assertThat(TestRows.count("FROM auth.\"user\"")).isEqualTo(users);
    }

    @ParameterizedTest
    @ValueSource(strings = {"user_id", "username", "phone_number", "custom:staff no"})
    void theMailGoesToTheAddressOfTheUserWhoIsNamed(String type) {
        var link = backend.link(named(type, value(type)));

        assertThat(backend.status(link)).isEqualTo("accepted");
        assertThat(TestEvents.awaitOne(link, LinkRequested.class).email()).isEqualTo(email);
        var tokens = backend.signIn(named(type, value(type)));
        var session = "/api/v1/sessions/" + tokens.required("session_id").stringValue();
        assertThat(body(app.get(session), 200).required("user_id").stringValue()).isEqualTo(id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sign_in", "sign_up", "sign_in_or_up"})
    void whereNobodyIsNamedNothingIsMailedAndNobodySignsUp(String intent) {
        for (var request :
                List.of(
                        named("user_id", UserId.next().toString()),
                        named("username", "no-" + username),
                        named("phone_number", "+49000000000"),
                        named("custom:staff no", "no-" + username),
                        named("custom:no", username))) {
            request.put("intent", intent);

            assertNobody(backend, request);
        }
    }

    @Test
    void anotherTenantsUsersAreNobody() {
        try (var stranger = new Backend(STRANGER)) {
            for (var type : List.of("user_id", "username", "phone_number", "custom:staff no")) {
                assertNobody(stranger, named(type, value(type)));
            }
        }
    }

    @Test
    void anAttributeThatSeveralHaveNamesNobody() {
        app.post(USERS, Map.of("email", newAddress(), "attributes", Map.of("staff no", username)));

        assertNobody(backend, named("custom:staff no", username));
    }

    @Test
    void aBlockedUserIsMailedNothing() {
        body(app.patch(USERS + "/" + id(), Map.of("status", "blocked")), 200);

        var link = backend.link(named("username", username));

        assertThat(backend.status(link)).isEqualTo("suppressed");
        TestEvents.awaitExactly(link, "LinkSuppressed");
    }

    @Test
    void whereSignUpIsClosedItIsSoForKnownAndUnknown() {
        try (var closed = new Backend(CLOSED)) {
            for (var name : List.of(username, "no-" + username)) {
                var request = named("username", name);
                request.put("intent", "sign_up");

                problem(closed.request(request), 403, "forbidden");
            }
        }
    }

    @Test
    void repeatedWithItsKeyItIsOneLink() {
        var request = named("username", username);
        var key = UUID.randomUUID().toString();

        var first = backend.request(request, "Idempotency-Key", key);
        var second = backend.request(request, "Idempotency-Key", key);
        var other = backend.request(named("user_id", id()), "Idempotency-Key", key);

        assertThat(second.body()).isEqualTo(first.body());
        problem(other, 409, "conflict");
        assertThat(LinkId.parse(body(first, 202).required("link_id").stringValue())).isNotNull();
    }
}
