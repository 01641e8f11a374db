package io.latchkey.auth.user;

import static io.latchkey.auth.Api.body;
import static io.latchkey.auth.Api.problem;
import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.Backend.requestFor;
import static io.latchkey.auth.RunningAuthApi.APP;
import static io.latchkey.auth.RunningAuthApi.SISTER;
import static io.latchkey.auth.RunningAuthApi.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.auth.Api;
import io.latchkey.auth.AtOnce;
import io.latchkey.auth.Backend;
import io.latchkey.auth.Browser;
import io.latchkey.auth.Person;
import io.latchkey.auth.RunningAuthApi;
import io.latchkey.auth.TestEvents;
import io.latchkey.auth.TestRows;
import io.latchkey.events.AdminActed;
import io.latchkey.events.Event;
import io.latchkey.events.EventEnvelope;
import io.latchkey.events.LinkRevoked;
import io.latchkey.events.RevokedBy;
import io.latchkey.events.SessionRevoked;
import io.latchkey.events.UserCreated;
import io.latchkey.events.UserDeleted;
import io.latchkey.events.UserId;
import io.latchkey.events.UserUpdated;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class UsersIT {
    private static final String USERS = "/api/v1/users";
    private final Api app = Api.of(APP);
    private final Api administrator = Api.administrator();
    private final Backend backend = new Backend(APP);

    @AfterEach
    void close() {
        app.close();
        administrator.close();
        backend.close();
    }

    @Test
    void aUserIsMadeReadAndFound() {
        var email = newAddress();
        var sent = new HashMap<String, Object>();
        sent.put("email", email);
        sent.put("username", unique("Ada-"));
        sent.put("phone_number", phoneNumber());
        sent.put("attributes", Map.of("name", "Ada", "deep", Map.of("n", 1.5)));

        var made = make(sent);

        sent.forEach(
                (name, value) ->
                        assertThat(made.required(name)).as(name).isEqualTo(Browser.tree(value)));
        assertThat(made.required("status").stringValue()).isEqualTo("pending");
        assertThat(made.required("email_verified").booleanValue()).isFalse();
        assertThat(made.required("last_sign_in_at").isNull()).isTrue();
        assertThat(made.required("persistent_id").stringValue()).hasSize(43);
        assertThat(read(made)).isEqualTo(made);
        assertThat(found(app, email)).containsExactly(made);
        assertThat(found(app, email.toUpperCase(Locale.ROOT))).containsExactly(made);
        var event = one(made, UserCreated.class);
        assertThat(event.changed())
                .containsExactly("attributes", "email", "phone_number", "username");
        assertThat(event.context().appId()).isEqualTo(APP);
        assertThat(event.context().emailMasked()).isNotNull();
    }

    @Test
    void aUserThatWasMadeSignsInAndIsVerifiedThen() {
        var email = newAddress();
        var made = make(Map.of("email", email, "attributes", Map.of("name", "Ada")));

        backend.signIn(email);

        var read = read(made);
        assertThat(read.required("status").stringValue()).isEqualTo("active");
        assertThat(read.required("email_verified").booleanValue()).isTrue();
        assertThat(read.required("last_sign_in_at").isNull()).isFalse();
        assertThat(read.required("attributes")).isEqualTo(made.required("attributes"));
        TestEvents.awaitOne(made.required("user_id").stringValue(), UserCreated.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"email\": null}",
                "{\"email\": \"a b@mail.example\"}",
                "{\"email\": \"a@mail.example\", \"username\": \"two words\"}",
                "{\"email\": \"a@mail.example\", \"username\": \"\"}",
                "{\"email\": \"a@mail.example\", \"username\": \"a\\u200bb\"}",
                "{\"email\": \"a@mail.example\", \"phone_number\": \"030 123\"}",
                "{\"email\": \"a@mail.example\", \"phone_number\": 4930123456}",
                "{\"email\": \"a@mail.example\", \"attributes\": []}",
                "{\"email\": \"a@mail.example\", \"status\": \"gone\"}",
                "{\"email\": \"a@mail.example\", \"email_verified\": true}",
                "{\"email\": \"a@mail.example\", \"user_id\": \"user_1\"}"
            })
    void whatIsNoUserIsRefused(String sent) {
        problem(app.post(USERS, sent), 400, "invalid_request");
    }

    @Test
    void addressUsernameAndPhoneNumberAreOneUsersEachWithinATenant() {
        var email = newAddress();
        var first = Map.of("email", email, "username", unique("u"), "phone_number", phoneNumber());
        make(first);
        var other = make(Map.of("email", newAddress()));
        var path = path(other);

        for (var field : first.keySet()) {
            var second = new HashMap<String, Object>(Map.of("email", newAddress()));
            second.put(field, first.get(field));
            problem(app.post(USERS, second), 409, "conflict");
            problem(app.patch(path, Map.of(field, first.get(field))), 409, "conflict");
        }

        assertThat(read(other)).isEqualTo(other);
        try (var elsewhere = Api.of(STRANGER)) {
            body(elsewhere.post(USERS, first), 201);
        }
    }

    @Test
    void ofManyWhoMakeAUserAtOnceOneDoes() {
        var sent = Map.of("email", newAddress());

        var statuses = AtOnce.times(8, () -> app.post(USERS, sent).statusCode());

        assertThat(statuses).containsOnlyOnce(201);
        assertThat(statuses).filteredOn(status -> status != 201).hasSize(7).containsOnly(409);
    }

    @Test
    void aTenantsUsersAreItsAppsAlone() {
        var made = make(Map.of("email", newAddress()));
        var path = path(made);

        try (var sister = Api.of(SISTER);
                var stranger = Api.of(STRANGER)) {
            assertThat(body(sister.get(path), 200)).isEqualTo(made);
            problem(stranger.get(path), 404, "not_found");
            problem(stranger.patch(path, "{\"status\": \"blocked\"}"), 404, "not_found");
            problem(stranger.delete(path), 404, "not_found");
            problem(stranger.get(path + "/sessions"), 404, "not_found");
            problem(stranger.delete(path + "/sessions"), 404, "not_found");
            problem(stranger.get(USERS + "?tenant=default"), 403, "forbidden");
            assertThat(found(stranger, made.required("email").stringValue())).isEmpty();
        }
        assertThat(read(made)).isEqualTo(made);
    }

    @Test
    void whatTheAdministratorDoesIsRecordedAsHis() {
        var made = body(administrator.post(USERS, Map.of("email", newAddress())), 201);
        var id = made.required("user_id").stringValue();
        assertThat(administrator.patch(path(made), Map.of("username", id)).statusCode())
                .isEqualTo(200);
        // Nothing changes, so nothing was done.
        assertThat(administrator.patch(path(made), Map.of("username", id)).statusCode())
                .isEqualTo(200);
        assertThat(administrator.delete(path(made)).statusCode()).isEqualTo(204);

        TestEvents.awaitExactly(
                id,
                "UserCreated",
                "AdminActed",
                "UserUpdated",
                "AdminActed",
                "UserDeleted",
                "AdminActed");
        assertThat(
                        TestEvents.about(id).stream()
                                .map(EventEnvelope::event)
                                .filter(AdminActed.class::isInstance)
                                .map(AdminActed.class::cast))
                .allMatch(act -> act.actor().equals("administrator"))
                .extracting(AdminActed::action)
                .containsExactlyInAnyOrder("user.create", "user.update", "user.delete");
    }

    @Test
    void theAdministratorHasTheUsersOfWhateverTenantHeNames() {
        var tenant = unique("tenant-");
        var email = newAddress();

        var made =
                body(administrator.post(USERS + "?tenant=" + tenant, Map.of("email", email)), 201);

        assertThat(body(administrator.get(path(made)), 200)).isEqualTo(made);
        problem(app.get(path(made)), 404, "not_found");
        var page = body(administrator.get(USERS + "?tenant=" + tenant), 200);
        assertThat(page.required("items")).containsExactly(made);
        assertThat(page.has("next_cursor")).isFalse();
        assertThat(found(administrator, email)).isEmpty();
        assertThat(one(made, UserCreated.class).context().appId()).isNull();
        problem(administrator.get(USERS + "?tenant=a%20b"), 400, "invalid_request");
    }

    @Test
    void usersAreReadInPages() {
        var tenant = unique("paged-");
        var made = new ArrayList<JsonNode>();
        for (int i = 0; i < 5; i++) {
            made.addFirst(
                    body(
                            administrator.post(
                                    USERS + "?tenant=" + tenant, Map.of("email", newAddress())),
                            201));
        }

        var first = body(administrator.get(USERS + "?limit=3&tenant=" + tenant), 200);
        var late =
                body(
                        administrator.post(
                                USERS + "?tenant=" + tenant, Map.of("email", newAddress())),
                        201);
        var second =
                body(
                        administrator.get(
                                USERS
                                        + "?limit=3&tenant="
                                        + tenant
                                        + "&cursor="
                                        + first.required("next_cursor").stringValue()),
                        200);

        var read = new ArrayList<JsonNode>();
        first.required("items").forEach(read::add);
        second.required("items").forEach(read::add);
        assertThat(read).isEqualTo(made).doesNotContain(late);
        assertThat(second.has("next_cursor")).isFalse();
    }

    @Test
    void attributesAreMergedAndNullRemoves() {
        var made =
                make(
                        Map.of(
                                "email",
                                newAddress(),
                                "attributes",
                                Map.of(
                                        "kept",
                                        true,
                                        "gone",
                                        "x",
                                        "deep",
                                        Map.of("a", 1, "b", List.of(1, 2)))));

        var patched =
                body(
                        app.patch(
                                path(made),
                                """
                                {"attributes": {"gone": null, "new": null, "deep": {"a": null, "c": {"d": null}},
                                 "list": [null]}}
                                """),
                        200);

        assertThat(patched.required("attributes"))
                .hasToString("{\"deep\":{\"b\":[1,2],\"c\":{}},\"kept\":true,\"list\":[null]}");
        assertThat(one(made, UserUpdated.class).changed()).containsExactly("attributes");
        var emptied = body(app.patch(path(made), "{\"attributes\": null}"), 200);
        assertThat(emptied.required("attributes").isEmpty()).isTrue();
    }

    @Test
    void attributesNeverGrowBeyond16KiB() {
        var made = make(Map.of("email", newAddress(), "attributes", Map.of("a", "x".repeat(9000))));

        var errors =
                problem(
                        app.patch(path(made), Map.of("attributes", Map.of("b", "x".repeat(9000)))),
                        400,
                        "invalid_request");

        assertThat(errors).containsKey("/attributes");
        assertThat(read(made)).isEqualTo(made);
        problem(
                app.patch(path(made), Map.of("attributes", Map.of("a", "x".repeat(17000)))),
                400,
                "invalid_request");
        var smaller = body(app.patch(path(made), Map.of("attributes", Map.of("a", "small"))), 200);
        assertThat(smaller.required("attributes").required("a").stringValue()).isEqualTo("small");
    }

    @Test
    void mergesAtOnceAreAllKept() {
        var made = make(Map.of("email", newAddress()));
        var merges =
                List.of("a", "b", "c", "d", "e").stream()
                        .map(
                                name ->
                                        (Callable<Integer>)
                                                () ->
                                                        app.patch(
                                                                        path(made),
                                                                        Map.of(
                                                                                "attributes",
                                                                                Map.of(name, 1)))
                                                                .statusCode())
                        .toList();

        assertThat(AtOnce.all(merges)).containsOnly(200);

        assertThat(read(made).required("attributes").propertyNames())
                .containsExactlyInAnyOrder("a", "b", "c", "d", "e");
    }

    @Test
    void usernameAndPhoneNumberAreSetAndRemoved() {
        var made = make(Map.of("email", newAddress(), "username", unique("u")));
        var number = phoneNumber();

        var patched =
                body(
                        app.patch(
                                path(made),
                                "{\"username\": null, \"phone_number\": \"" + number + "\"}"),
                        200);

        assertThat(patched.required("username").isNull()).isTrue();
        assertThat(patched.required("phone_number").stringValue()).isEqualTo(number);
        assertThat(one(made, UserUpdated.class).changed())
                .containsExactly("phone_number", "username");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"email\": null}",
                "{\"status\": null}",
                "{\"status\": \"pending\"}",
                "{\"email_verified\": true}",
                "{\"last_sign_in_at\": null}",
                "{\"attributes\": 1}"
            })
    void aPatchThatMayNotBeChangesNothing(String patch) {
        var made = make(Map.of("email", newAddress()));

        problem(app.patch(path(made), patch), 400, "invalid_request");

        assertThat(read(made)).isEqualTo(made);
    }

    @Test
    void aPatchThatChangesNothingEndsNoLinkAndIsNoEvent() {
        var email = newAddress();
        var made = make(Map.of("email", email));
        var link = backend.link(email);

        body(app.patch(path(made), Map.of("email", email)), 200);

        assertThat(backend.status(link)).isEqualTo("accepted");
        body(app.patch(path(made), "{\"username\": \"" + unique("u") + "\"}"), 200);
        TestEvents.awaitExactly(id(made), "UserCreated", "UserUpdated");
        assertThat(backend.status(link)).isEqualTo("accepted");
    }

    @Test
    void aChangedAddressIsUnverifiedAndEndsTheLinksOfBoth() {
        var before = newAddress();
        var after = newAddress();
        var tokens = backend.signIn(before);
        var user = found(app, before).getFirst();
        try (var person = new Person()) {
            var oldLink = backend.link(before);
            var newLink = backend.link(after);
            var code = person.confirm(oldLink);
            var siblings = List.of(backend.link(before), newLink);

            var patched = body(app.patch(path(user), Map.of("email", after)), 200);

            assertThat(patched.required("email").stringValue()).isEqualTo(after);
            assertThat(patched.required("email_verified").booleanValue()).isFalse();
            assertThat(patched.required("status").stringValue()).isEqualTo("active");
            for (var link : siblings) {
                assertThat(backend.status(link)).isEqualTo("revoked");
                assertThat(TestEvents.awaitOne(link, LinkRevoked.class).by())
                        .isEqualTo(RevokedBy.USER_CHANGED);
            }
            assertThat(backend.redeem(code).statusCode()).isEqualTo(400);
        }
        Backend.tokens(backend.refresh(tokens.required("refresh_token").stringValue()));
        assertThat(one(user, UserUpdated.class).changed()).containsExactly("email");
        assertThat(found(app, before)).isEmpty();
        backend.signIn(after);
        assertThat(read(user).required("email_verified").booleanValue()).isTrue();
    }

    /** S7: what an unconfirmed request carries reaches an account at its first proof only. */
    @Test
    void aChangedAddressIsNoFirstProof() {
        var before = newAddress();
        var after = newAddress();
        backend.signIn(before);
        var user = found(app, before).getFirst();
        body(app.patch(path(user), Map.of("email", after)), 200);
        var request = requestFor(after);
        request.put("attributes", Map.of("role", "admin"));

        backend.signIn(request);

        assertThat(read(user).required("attributes").isEmpty()).isTrue();
    }

    @Test
    void aBlockedUserLosesSessionsLinksAndCodes() {
        var email = newAddress();
        var tokens = backend.signIn(email);
        var user = found(app, email).getFirst();
        try (var person = new Person();
                var sister = new Backend(SISTER)) {
            var code = person.confirm(backend.link(email));
            var links = List.of(backend.link(email));
            var sisters = sister.link(email);

            var patched = body(app.patch(path(user), "{\"status\": \"blocked\"}"), 200);

            assertThat(patched.required("status").stringValue()).isEqualTo("blocked");
            assertThat(backend.status(links.getFirst())).isEqualTo("revoked");
            assertThat(sister.status(sisters)).isEqualTo("revoked");
            assertThat(backend.redeem(code).statusCode()).isEqualTo(400);
            var refreshed = backend.refresh(tokens.required("refresh_token").stringValue());
            assertThat(refreshed.statusCode()).isEqualTo(400);
            var revoked =
                    TestEvents.awaitOne(
                            tokens.required("session_id").stringValue(), SessionRevoked.class);
            assertThat(revoked.endReason()).hasToString("user_blocked");
            assertThat(backend.status(backend.link(email))).isEqualTo("suppressed");
        }

        body(app.patch(path(user), "{\"status\": \"active\"}"), 200);

        backend.signIn(email);
    }

    @Test
    void confirmationsAndChangesDoNotWaitForEachOtherInACircle() {
        for (int i = 0; i < 5; i++) {
            var email = newAddress();
            var user = make(Map.of("email", email));
            try (var person = new Person();
                    var other = new Person()) {
                var first = backend.link(email);
                var second = backend.link(email);
                var field = Browser.field(person.open(first));
                var otherField = Browser.field(other.open(second));
                var statuses =
                        AtOnce.<Integer>all(
                                List.of(
                                        () -> person.submit(first, field).statusCode(),
                                        () -> other.submit(second, otherField).statusCode(),
                                        () ->
                                                app.patch(path(user), Map.of("email", newAddress()))
                                                        .statusCode()));

                assertThat(statuses).allMatch(status -> status < 500);
            }
        }
    }

    @Test
    void aDeletedUserIsErased() {
        var email = newAddress();
        var username = unique("to-be-erased-");
        var request = requestFor(email);
        request.put("attributes", Map.of("secret", username));
        request.put("end_user", Map.of("ip", "203.0.113.99", "user_agent", username));
        make(
                Map.of(
                        "email",
                        email,
                        "username",
                        username,
                        "phone_number",
                        phoneNumber(),
                        "attributes",
                        Map.of("secret", username)));
        var tokens = backend.signIn(email);
        var user = found(app, email).getFirst();
        var settled = backend.link(request);
        backend.revoke(settled);
        TestRows.update(
                "INSERT INTO auth.link SELECT (jsonb_populate_record(l, jsonb_build_object('id',"
                        + " uuidv7()))).* FROM auth.link l, generate_series(1, 2500)"
                        + " WHERE l.id = ?",
                settled.value());
        var open = backend.link(request);
        var expired = backend.link(request);
        TestRows.update("UPDATE auth.link SET expires_at = now() WHERE id = ?", expired.value());

        assertThat(app.delete(path(user)).statusCode()).isEqualTo(204);

        problem(app.get(path(user)), 404, "not_found");
        problem(app.delete(path(user)), 404, "not_found");
        problem(app.get(path(user) + "/sessions"), 404, "not_found");
        assertThat(found(app, email)).isEmpty();
        assertThat(backend.status(open)).isEqualTo("revoked");
        assertThat(backend.status(expired)).isEqualTo("expired");
        assertThat(backend.refresh(tokens.required("refresh_token").stringValue()).statusCode())
                .isEqualTo(400);
        var sessionId = tokens.required("session_id").stringValue();
        assertThat(TestEvents.awaitOne(sessionId, SessionRevoked.class).endReason())
                .hasToString("user_deleted");
        assertThat(TestEvents.awaitOne(open, LinkRevoked.class).by())
                .isEqualTo(RevokedBy.USER_CHANGED);
        assertThat(one(user, UserDeleted.class).changed())
                .containsExactly("attributes", "email", "phone_number", "username");
        for (var table : List.of("auth.link", "auth.\"user\"", "auth.session")) {
            assertThat(TestRows.select("SELECT * FROM " + table).toString())
                    .as(table)
                    .doesNotContain(email, username);
        }
        try (var browser = new Browser(RunningAuthApi.get().url())) {
            var page = browser.get(Person.path(open));
            assertThat(page.statusCode()).isEqualTo(410);
            var again =
                    browser.postForm(
                            Person.path(open) + "/again", Map.of("_csrf", Browser.field(page)));
            assertThat(again.statusCode()).as(again.body()).isEqualTo(404);
        }
        // Whoever proves the mailbox again is somebody new.
        backend.signIn(email);
        assertThat(found(app, email).getFirst().required("user_id"))
                .isNotEqualTo(user.required("user_id"));
    }

    @Test
    void noTraceOfAFormerAddressOrADeviceIsLeft() {
        TestRows.update("DELETE FROM auth.erasure");
        var former = newAddress();
        try (var person = Person.withUserAgent("To be erased/1.0")) {
            Backend.tokens(backend.redeem(person.confirm(backend.link(former))));
        }
        var open = backend.link(former);
        var user = found(app, former).getFirst();

        body(app.patch(path(user), Map.of("email", newAddress())), 200);

        assertThat(backend.status(open)).isEqualTo("revoked");
        assertThat(TestRows.select("SELECT * FROM auth.link").toString()).doesNotContain(former);
        // What is asked for since is of whoever has the address now.
        var next = backend.link(former);
        assertThat(app.delete(path(user)).statusCode()).isEqualTo(204);
        assertThat(TestRows.link(next)).containsEntry("email", former);
        assertThat(TestRows.select("SELECT * FROM auth.session").toString())
                .doesNotContain("To be erased");
        // What was being asked for at that moment may become visible only now.
        assertThat(TestRows.count("FROM auth.erasure")).isEqualTo(2);
        TestRows.update("UPDATE auth.link SET email = ? WHERE id = ?", former, open.value());
        TestRows.update(
                "UPDATE auth.erasure SET requested_at = requested_at - interval '2 minutes'");
        TestRows.update(
                "UPDATE auth.link SET created_at = created_at - interval '1 hour' WHERE id = ?",
                open.value());
        RunningAuthApi.get().bean(EraseTraces.class).eraseAll().block();
        assertThat(TestRows.link(open)).containsEntry("email", "");
        assertThat(TestRows.count("FROM auth.erasure")).isZero();
    }

    @Test
    void ofManyWhoDeleteAUserAtOnceEachIsToldAndTheEventIsOne() {
        var user = make(Map.of("email", newAddress()));

        var statuses = AtOnce.times(4, () -> app.delete(path(user)).statusCode());

        assertThat(statuses).containsOnly(204, 404).contains(204);
        TestEvents.awaitExactly(id(user), "UserCreated", "UserDeleted");
    }

    @Test
    void thoseWhomARequestMadeAreForgottenAfterAWeekUnlessConfirmed() {
        var asked = make(Map.of("email", newAddress()));
        var confirmed = make(Map.of("email", newAddress()));
        var young = make(Map.of("email", newAddress()));
        var madeByApp = make(Map.of("email", newAddress()));
        age(asked, true, "8 days");
        age(confirmed, true, "8 days");
        age(young, true, "6 days");
        age(madeByApp, false, "8 days");
        backend.signIn(confirmed.required("email").stringValue());

        AtOnce.times(
                2, () -> RunningAuthApi.get().bean(ForgetUsers.class).forget().toFuture().get());

        problem(app.get(path(asked)), 404, "not_found");
        for (var kept : List.of(confirmed, young, madeByApp)) {
            body(app.get(path(kept)), 200);
        }
        TestEvents.awaitExactly(id(asked), "UserCreated", "UserDeleted");
    }

    private static void age(JsonNode user, boolean provisional, String age) {
        TestRows.update(
                "UPDATE auth.\"user\" SET provisional = ?, created_at = now() - ?::interval"
                        + " WHERE id = ?",
                provisional,
                age,
                UserId.parse(id(user)).value());
    }

    private JsonNode make(Map<String, ?> sent) {
        return body(app.post(USERS, sent), 201);
    }

    private JsonNode read(JsonNode user) {
        return body(app.get(path(user)), 200);
    }

    private static List<JsonNode> found(Api caller, String email) {
        var items = body(caller.get(USERS + "?email=" + email), 200).required("items");
        return items.valueStream().toList();
    }

    private static <E extends Event> E one(JsonNode user, Class<E> type) {
        return TestEvents.awaitOne(id(user), type);
    }

    private static String id(JsonNode user) {
        return user.required("user_id").stringValue();
    }

    private static String path(JsonNode user) {
        return USERS + "/" + id(user);
    }

    private static String unique(String prefix) {
        return prefix + UUID.randomUUID();
    }

    private static String phoneNumber() {
        return "+49" + ThreadLocalRandom.current().nextLong(1_000_000_000L, 10_000_000_000L);
    }
}
