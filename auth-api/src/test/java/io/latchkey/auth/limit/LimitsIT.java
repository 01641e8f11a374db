package io.latchkey.auth.limit;

import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.Backend.requestFor;
import static io.latchkey.auth.Browser.json;
import static io.latchkey.auth.RunningAuthApi.APP;
import static io.latchkey.auth.RunningAuthApi.LIMITED;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.auth.Api;
import io.latchkey.auth.AtOnce;
import io.latchkey.auth.Backend;
import io.latchkey.auth.Browser;
import io.latchkey.auth.RunningAuthApi;
import io.latchkey.auth.TestEvents;
import io.latchkey.auth.TestLocks;
import io.latchkey.auth.TestRows;
import io.latchkey.events.EmailAddress;
import io.latchkey.events.LinkRefused;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * S12: limits hold for all nodes together, whatever the spelling, and say nothing about accounts.
 */
class LimitsIT {
    private static final int BURST = 5;
    private static final List<Integer> NOTHING_OR_ACCEPTED = List.of(202, 400, 404);
    private final Backend backend = new Backend(LIMITED);
    private final String address = newAddress();

    @AfterEach
    void close() {
        backend.close();
    }

    private List<Integer> statuses(int times, Map<String, ?> request) {
        return IntStream.range(0, times)
                .mapToObj(_ -> backend.request(request).statusCode())
                .toList();
    }

    private static Map<String, Object> from(String ip, String email) {
        var request = requestFor(email);
        request.put("end_user", Map.of("ip", ip));
        return request;
    }

    /** As if that much time had passed. */
    private static void pass(String time) {
        TestRows.update("UPDATE auth.rate_limit SET tat = tat - ?::interval", time);
    }

    @Test
    void anAddressAdmitsItsBurstAndThenRefusesWithTheTimeToWait() {
        var accepted = statuses(BURST, requestFor(address));

        var refused = backend.request(requestFor(address));

        assertThat(accepted).containsOnly(202);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(json(refused).required("code").stringValue()).isEqualTo("rate_limited");
        assertThat(retryAfter(refused)).isBetween(170, 180);
        assertThat(refused.headers().firstValue("RateLimit-Policy"))
                .hasValue("\"address-5/15m\";q=5;w=900, \"address-20/1d\";q=20;w=86400");
        assertThat(refused.headers().firstValue("RateLimit").orElseThrow())
                .matches("\"address-5/15m\";r=0;t=1[78][0-9], \"address-20/1d\";r=15");
        assertThat(refused.body()).doesNotContain(address);
        var event =
                TestEvents.awaitOne(
                        refused.headers().firstValue("X-Request-Id").orElseThrow(),
                        LinkRefused.class);
        assertThat(event.limit()).isEqualTo("address");
        assertThat(event.context().reason()).isEqualTo("rate_limited");
        assertThat(event.context().linkId()).isNull();
    }

    private static int retryAfter(HttpResponse<String> refused) {
        return Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow());
    }

    @Test
    void acceptedRequestsSayWhatIsLeft() {
        var first = backend.request(requestFor(address));
        var second = backend.request(requestFor(address));

        assertThat(first.headers().firstValue("RateLimit"))
                .hasValue("\"address-5/15m\";r=4, \"address-20/1d\";r=19");
        assertThat(second.headers().firstValue("RateLimit"))
                .hasValue("\"address-5/15m\";r=3, \"address-20/1d\";r=18");
        assertThat(first.headers().firstValue("Retry-After")).isEmpty();
    }

    @Test
    void budgetComesBackEvenlyAndRefusalsTakeNone() {
        statuses(BURST, requestFor(address));
        assertThat(statuses(10, requestFor(address))).containsOnly(429);

        pass("181 seconds");

        assertThat(statuses(2, requestFor(address))).containsExactly(202, 429);
    }

    @Test
    void theSecondLimitHoldsWhereTheFirstHasComeBack() {
        for (int i = 0; i < 4; i++) {
            assertThat(statuses(BURST, requestFor(address))).containsOnly(202);
            TestRows.update(
                    "UPDATE auth.rate_limit SET tat = now() WHERE key LIKE '%|address|5/15m|%'");
        }

        var refused = backend.request(requestFor(address));

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(retryAfter(refused)).isBetween(4000, 4320);
    }

    @Test
    void twoNodesTogetherAdmitOneBurst() {
        var port = RunningAuthApi.freePort();
        try (var _ = RunningAuthApi.get().startNode(port, "node-limits");
                var other = new Backend(LIMITED, "http://localhost:" + port)) {
            // So that both know the credentials already.
            backend.link(newAddress());
            other.link(newAddress());
            var callers = new ArrayList<>(Collections.nCopies(20, backend));
            callers.addAll(Collections.nCopies(20, other));

            var answers =
                    AtOnce.all(
                            callers.stream()
                                    .<java.util.concurrent.Callable<Integer>>map(
                                            node ->
                                                    () ->
                                                            node.request(requestFor(address))
                                                                    .statusCode())
                                    .toList());

            assertThat(answers).filteredOn(status -> status == 202).hasSize(BURST);
            assertThat(answers).filteredOn(status -> status == 429).hasSize(40 - BURST);
        }
    }

    @Test
    void otherSpellingsOfAMailboxShareItsBudget() {
        var spellings =
                List.of(
                        address,
                        address.toUpperCase(java.util.Locale.ROOT),
                        address.replace("person", "per.son"),
                        address.replace("@", "+shop@"),
                        address.replace("person", "P.e.r.son").replace("@", "+a.b@"));
        spellings.forEach(
                spelling ->
                        assertThat(backend.request(requestFor(spelling)).statusCode())
                                .isEqualTo(202));

        spellings.forEach(
                spelling ->
                        assertThat(backend.request(requestFor(spelling)).statusCode())
                                .isEqualTo(429));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/links/",
                "//api/v1/links",
                "/api//v1/links",
                "/api/v1/./links",
                "/api/v1/users/../links",
                "/api/v1/%6cinks",
                "/%61pi/v1/links",
                "/api/v1%2flinks",
                "/api/v1/links%2f",
                "/api/v1/links%20",
                "/api/v1/links;a=b",
                "/api;a=b/v1/links",
                "/API/v1/links",
                "/api/v1/Links",
                "/api/v1/links.json",
                "/api/v1/links?a=b",
                "/api/v1/links#a"
            })
    void anotherSpellingOfTheRouteIsNothingOrCounted(String route) {
        try (var app = Api.of(LIMITED)) {
            var answer = app.post(route, requestFor(address));
            if (answer.statusCode() == 202) {
                assertThat(answer.headers().firstValue("RateLimit").orElseThrow())
                        .startsWith("\"address-5/15m\";r=4,");
            }
            assertThat(answer.statusCode()).isIn(NOTHING_OR_ACCEPTED);
            statuses(BURST, requestFor(address));

            var refused = app.post(route, requestFor(address)).statusCode();

            assertThat(refused).isEqualTo(answer.statusCode() == 202 ? 429 : answer.statusCode());
        }
        assertThat(TestRows.count("FROM auth.link WHERE email = ?", address)).isEqualTo(BURST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/sign-in/",
                "//sign-in",
                "/./sign-in",
                "/%73ign-in",
                "/sign%2din",
                "/sign-in%2f",
                "/sign-in;a=b",
                "/SIGN-IN",
                "/Sign-in",
                "/sign-in?a=b"
            })
    void anotherSpellingOfAPageIsNothingOrCounted(String route) {
        try (var person = new Browser(RunningAuthApi.get().url())) {
            var field = Browser.field(person.get("/sign-in"));
            var form = Map.of("_csrf", field, "email", address);
            for (int i = 0; i < BURST; i++) {
                assertThat(person.postForm("/sign-in", form).statusCode()).isEqualTo(303);
            }

            assertThat(person.postForm("/sign-in", form).statusCode()).isEqualTo(429);
            assertThat(person.postForm(route, form).statusCode()).isIn(400, 404, 429);
        }
        assertThat(TestRows.count("FROM auth.link WHERE email = ?", address)).isEqualTo(BURST);
    }

    @Test
    void aNetworkAdmitsItsBurstWhateverTheAddresses() {
        var network = "2001:db8:" + Integer.toHexString(hashCode() & 0xffff) + ":1:";
        for (int i = 0; i < 60; i++) {
            assertThat(backend.request(from(network + ":" + i, newAddress())).statusCode())
                    .isEqualTo(202);
        }

        var refused = backend.request(from(network + ":ffff", newAddress()));

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(retryAfter(refused)).isBetween(1, 5);
        assertThat(backend.request(requestFor(newAddress())).statusCode())
                .as("no network is given")
                .isEqualTo(202);
        try (var elsewhere = new Backend(APP)) {
            assertThat(elsewhere.request(from(network + ":1", newAddress())).statusCode())
                    .as("another app")
                    .isEqualTo(202);
        }
    }

    @Test
    void knownUnknownAndBlockedAddressesAreLimitedAlike() {
        var known = newAddress();
        var blocked = newAddress();
        backend.signIn(known);
        backend.signIn(blocked);
        TestRows.update("UPDATE auth.\"user\" SET status = 'blocked' WHERE email = ?", blocked);
        pass("1 day");

        for (var email : List.of(known, blocked, address)) {
            var request = requestFor(email);
            request.put("intent", "sign_in");

            assertThat(statuses(BURST + 1, request)).endsWith(202, 429).startsWith(202);
        }
    }

    @Test
    void aRepeatedRequestIsAnsweredAndNotCounted() {
        var key = UUID.randomUUID().toString();
        var first = backend.request(requestFor(address), "Idempotency-Key", key);

        for (int i = 0; i < BURST; i++) {
            var repeated = backend.request(requestFor(address), "Idempotency-Key", key);
            assertThat(repeated.body()).isEqualTo(first.body());
        }

        assertThat(statuses(BURST, requestFor(address))).endsWith(202, 429);
        assertThat(backend.request(requestFor(address), "Idempotency-Key", key).body())
                .isEqualTo(first.body());
    }

    @Test
    void theSameRequestSeveralTimesAtOnceCountsOnce() {
        statuses(BURST - 1, requestFor(address));
        var key = UUID.randomUUID().toString();

        var answers =
                TestLocks.whileHeld(
                        4,
                        () ->
                                AtOnce.times(
                                        4,
                                        () ->
                                                backend.request(
                                                        requestFor(address),
                                                        "Idempotency-Key",
                                                        key)),
                        "SELECT FROM auth.rate_limit WHERE key LIKE '%|' || ? FOR UPDATE",
                        RunningAuthApi.get()
                                .bean(AddressBucket.class)
                                .of(EmailAddress.parse(address)));

        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(202);
        assertThat(answers).extracting(HttpResponse::body).containsOnly(answers.getFirst().body());
        assertThat(answers)
                .filteredOn(answer -> answer.headers().firstValue("RateLimit").isPresent())
                .hasSize(1);
    }

    @Test
    void requestsThatShareLimitsCrosswiseWaitForEachOtherInOneOrder() {
        var second = newAddress();
        var requests = new ArrayList<java.util.concurrent.Callable<Integer>>();
        for (int i = 0; i < 10; i++) {
            for (var email : List.of(address, second)) {
                for (var ip : List.of("192.0.2.1", "192.0.2.2")) {
                    requests.add(() -> backend.request(from(ip, email)).statusCode());
                }
            }
        }

        var answers = AtOnce.all(requests);

        assertThat(answers).containsOnly(202, 429).filteredOn(status -> status == 202).hasSize(10);
    }

    @Test
    void aRefusalByOneLimitTakesNothingFromTheOthers() {
        statuses(BURST, requestFor(address));

        assertThat(statuses(3, from("192.0.2.77", address))).containsOnly(429);

        var other = backend.request(from("192.0.2.77", newAddress()));
        assertThat(other.headers().firstValue("RateLimit").orElseThrow())
                .contains("\"network-60/5m\";r=59");
    }

    @Test
    void pagesCountThePeerWhateverItForwards() {
        var before = visits("203.0.113.50");
        try (var person = new Browser(RunningAuthApi.get().url())) {
            assertThat(askOnPage(person, "X-Forwarded-For", "203.0.113.50").statusCode())
                    .isEqualTo(303);
        }

        assertThat(visits("203.0.113.50")).isEqualTo(before).isZero();
        assertThat(visits("127.0.0.1")).isPositive();
    }

    @Test
    void pagesCountWhomATrustedProxyNamesAndRefuseThatOneAlone() {
        var port = RunningAuthApi.freePort();
        try (var _ =
                        RunningAuthApi.get()
                                .startNode(
                                        port,
                                        "node-behind-a-proxy",
                                        "--latchkey.trusted-proxies=127.0.0.0/8,::1/128");
                var person = new Browser("http://localhost:" + port)) {
            var first = askOnPage(person, "X-Forwarded-For", "198.51.100.9, 203.0.113.60");
            TestRows.update(
                    "UPDATE auth.rate_limit SET tat = now() + interval '299 seconds'"
                            + " WHERE key LIKE '%|network|%|203.0.113.60'");

            var refused = askOnPage(person, "X-Forwarded-For", "198.51.100.10, 203.0.113.60");
            var other = askOnPage(person, "X-Forwarded-For", "203.0.113.61");

            assertThat(first.statusCode()).isEqualTo(303);
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(retryAfter(refused)).isBetween(1, 5);
            assertThat(other.statusCode()).isEqualTo(303);
            assertThat(visits("198.51.100.9")).isZero();
        }
    }

    private static long visits(String network) {
        return TestRows.count("FROM auth.rate_limit WHERE key LIKE ?", "%|network|%|" + network);
    }

    private static HttpResponse<String> askOnPage(Browser person, String... headers) {
        var form = Map.of("_csrf", Browser.field(person.get("/sign-in")), "email", newAddress());
        return person.postForm("/sign-in", form, headers);
    }

    @Test
    void countersAreWrittenToTheDatabasesLog() {
        assertThat(
                        TestRows.count(
                                "FROM pg_class WHERE relpersistence = 'p' AND oid IN"
                                        + " ('auth.rate_limit'::regclass, 'auth.code_tries'::regclass)"))
                .isEqualTo(2);
    }

    @Test
    void aRefusedRequestChangesNoLink() {
        var link = backend.link(requestFor(address));
        var session = backend.signIn(address);
        statuses(BURST, requestFor(address));
        var before = TestRows.link(link);

        assertThat(backend.request(requestFor(address)).statusCode()).isEqualTo(429);

        assertThat(TestRows.link(link)).isEqualTo(before);
        assertThat(backend.refresh(session.required("refresh_token").stringValue()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void refusalsAreCountedByTheirReason() {
        statuses(BURST + 1, requestFor(address));

        try (var anybody = new Browser(RunningAuthApi.get().url())) {
            assertThat(anybody.get("/actuator/prometheus").body())
                    .containsPattern(
                            "latchkey_refusals_total\\{event=\"LinkRefused\",reason=\"rate_limited\"} [1-9]")
                    .doesNotContain(address);
        }
    }

    @Test
    void noAddressStandsInTheCounters() {
        backend.link(requestFor(address));

        assertThat(TestRows.count("FROM auth.rate_limit")).isPositive();
        assertThat(
                        TestRows.count(
                                "FROM auth.rate_limit WHERE key LIKE ?",
                                "%" + address.substring(0, address.indexOf('@')) + "%"))
                .isZero();
    }

    private static Map<String, Object> named(String type, Object value) {
        var request = requestFor("unused@example.com");
        request.remove("email");
        request.put("identifier", Map.of("type", type, "value", value));
        return request;
    }

    @Test
    void anotherNameIsCountedWhetherOrNotItIsSomebodys() {
        var nobody = named("username", "nobody-" + UUID.randomUUID());
        var key = UUID.randomUUID().toString();
        var first = backend.request(nobody, "Idempotency-Key", key);
        assertThat(statuses(BURST - 1, nobody)).containsOnly(202);

        var refused = backend.request(nobody);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(
                        TestEvents.awaitOne(
                                        refused.headers().firstValue("X-Request-Id").orElseThrow(),
                                        LinkRefused.class)
                                .limit())
                .isEqualTo("identifier");
        assertThat(backend.request(nobody, "Idempotency-Key", key).body()).isEqualTo(first.body());
        assertThat(first.headers().firstValue("RateLimit").orElseThrow())
                .startsWith("\"identifier-5/15m\";r=4, \"identifier-20/1d\";r=19, ");
    }

    @Test
    void anotherNameCountsForTheAddressAsWellAndRefusalsTakeNeithersBudget() {
        var username = "name-" + UUID.randomUUID();
        try (var app = Api.of(LIMITED)) {
            assertThat(
                            app.post(
                                            "/api/v1/users",
                                            Map.of("email", address, "username", username))
                                    .statusCode())
                    .isEqualTo(201);
        }
        assertThat(statuses(3, named("username", username))).containsOnly(202);
        assertThat(statuses(2, requestFor(address))).containsOnly(202);

        assertThat(statuses(10, named("username", username))).containsOnly(429);

        pass("181 seconds");
        var accepted = backend.request(named("username", username));
        assertThat(accepted.statusCode()).isEqualTo(202);
        // Of five: three, and this one after one has come back.
        assertThat(accepted.headers().firstValue("RateLimit").orElseThrow())
                .startsWith("\"identifier-5/15m\";r=2, ");
    }
}
