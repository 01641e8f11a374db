package io.latchkey.audit.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.PlainJWT;
import io.latchkey.audit.AuditProcess;
import io.latchkey.audit.TestEvents;
import io.latchkey.audit.TestIssuer;
import io.latchkey.audit.TestTopics;
import io.latchkey.events.EventContext;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.test.web.reactive.server.WebTestClient;

class AccessIT {
    private static final String EVENTS = "/api/v1/audit/events";
    private final AuditProcess process = AuditProcess.shared();

    @TestFactory
    Stream<DynamicTest> nothingButAGenuineCredentialIsLetIn() throws JOSEException {
        var past = Clock.systemUTC().instant().minus(Duration.ofMinutes(5)).getEpochSecond();
        var tokens = new TreeMap<String, String>();
        tokens.put("wrong audit token", AuditProcess.AUDIT_TOKEN + "x");
        tokens.put("prefix of the audit token", AuditProcess.AUDIT_TOKEN.substring(1));
        tokens.put("no JWT", "a.b.c");
        tokens.put("unsigned", new PlainJWT(TestIssuer.claims(_ -> {})).serialize());
        tokens.put("signed by somebody else", forged("key-1"));
        tokens.put("signed with a key that nobody knows", forged("key-2"));
        tokens.put("public key as HMAC secret", confused());
        tokens.put("other issuer", TestIssuer.token(c -> c.issuer("https://else.example")));
        tokens.put("other audience", TestIssuer.token(c -> c.audience("https://else.example")));
        tokens.put("no audience", TestIssuer.token(c -> c.audience(List.of())));
        tokens.put("expired", TestIssuer.token(c -> c.claim("exp", past)));
        tokens.put("without end", TestIssuer.token(c -> c.claim("exp", null)));
        tokens.put("not yet", TestIssuer.token(c -> c.claim("nbf", 4_000_000_000L)));
        tokens.put(
                "id token",
                TestIssuer.signed(
                        TestIssuer.header("JWT"),
                        TestIssuer.claims(_ -> {}),
                        TestIssuer.signer(TestIssuer.KEY)));
        tokens.put(
                "without type",
                TestIssuer.signed(
                        new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("key-1").build(),
                        TestIssuer.claims(_ -> {}),
                        TestIssuer.signer(TestIssuer.KEY)));
        return tokens.entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> refused(each)));
    }

    private void refused(Map.Entry<String, String> token) {
        expectProblem(process.withToken(token.getValue()).get().uri(EVENTS), 401, "invalid_token");
    }

    private static String forged(String kid) {
        var header =
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(new JOSEObjectType("at+jwt"))
                        .keyID(kid)
                        .build();
        return TestIssuer.signed(
                header, TestIssuer.claims(_ -> {}), TestIssuer.signer(TestIssuer.key(kid)));
    }

    private static String confused() throws JOSEException {
        var header =
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .type(new JOSEObjectType("at+jwt"))
                        .keyID("key-1")
                        .build();
        var secret = TestIssuer.KEY.toECPublicKey().getEncoded();
        return TestIssuer.signed(header, TestIssuer.claims(_ -> {}), new MACSigner(secret));
    }

    @Test
    void credentialIsReadFromTheHeaderOnly() {
        var inQuery = EVENTS + "?access_token=" + AuditProcess.AUDIT_TOKEN;

        expectProblem(process.anonymous().get().uri(EVENTS), 401, "invalid_token");
        expectProblem(process.anonymous().get().uri(inQuery), 401, "invalid_token");
        expectProblem(process.auditor().get().uri(inQuery), 400, "invalid_request");
        expectProblem(
                process.anonymous().get().uri(EVENTS).header("Authorization", "Basic YTpi"),
                401,
                "invalid_token");
        process.anonymous()
                .get()
                .uri(EVENTS)
                .exchange()
                .expectHeader()
                .valueEquals("WWW-Authenticate", "Bearer")
                .expectHeader()
                .doesNotExist("Set-Cookie");
    }

    @Test
    void accessTokenNeedsScopeAndTenant() {
        expectProblem(
                process.withToken(TestIssuer.token(c -> c.claim("scope", "openid audit.reader")))
                        .get()
                        .uri(EVENTS),
                403,
                "forbidden");
        expectProblem(
                process.withToken(TestIssuer.token(c -> c.claim("scope", null))).get().uri(EVENTS),
                403,
                "forbidden");
        expectProblem(
                process.withToken(TestIssuer.token(c -> c.claim("tenant", null))).get().uri(EVENTS),
                403,
                "forbidden");
    }

    @Test
    void accessTokenSeesItsOwnTenantOnly() {
        var ours = inTenant("acme");
        var theirs = inTenant("other");
        var nobodys = inTenant(null);
        try (var topics = new TestTopics()) {
            topics.publish(
                    List.of(
                            TestEvents.confirmed(ours),
                            TestEvents.confirmed(theirs),
                            TestEvents.confirmed(nobodys)));
        }
        Stream.of(ours, theirs, nobodys)
                .forEach(
                        each ->
                                await().until(
                                                () ->
                                                        !process.events("link_id=" + each.linkId())
                                                                .isEmpty()));

        var acme = process.withToken(TestIssuer.reader("acme"));

        acme.get()
                .uri(EVENTS)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(1)
                .jsonPath("$.items[0].link_id")
                .isEqualTo(String.valueOf(ours.linkId()));
        acme.get().uri("/api/v1/audit/links/" + ours.linkId()).exchange().expectStatus().isOk();
        Stream.of(theirs, nobodys)
                .forEach(
                        each ->
                                expectProblem(
                                        acme.get().uri("/api/v1/audit/links/" + each.linkId()),
                                        404,
                                        "not_found"));
    }

    private static EventContext inTenant(String tenant) {
        return EventContext.of(tenant, null, null).withLink(TestEvents.context().linkId());
    }

    @Test
    void healthAndMetricsAreOpenAndNothingElseIs() {
        for (var path :
                List.of(
                        "/actuator/health/liveness",
                        "/actuator/health/readiness",
                        "/actuator/prometheus")) {
            process.anonymous().get().uri(path).exchange().expectStatus().isOk();
        }
        process.anonymous()
                .get()
                .uri("/actuator/health")
                .exchange()
                .expectBody()
                .jsonPath("$.components")
                .doesNotExist();
        for (var path : List.of("/actuator/env", "/actuator", "/nothing", "/api/v1/nothing")) {
            expectProblem(process.anonymous().get().uri(path), 401, "invalid_token");
            expectProblem(process.auditor().get().uri(path), 404, "not_found");
        }
    }

    @Test
    void frameworkRefusalsAreProblemsToo() {
        expectProblem(process.auditor().post().uri(EVENTS), 405, "method_not_allowed");
        expectProblem(
                process.auditor().get().uri(EVENTS).header("Accept", "image/png"),
                406,
                "not_acceptable");
    }

    @Test
    void requestIdIsTheCallersWhereItIsPlain() {
        process.anonymous()
                .get()
                .uri(EVENTS)
                .header("X-Request-Id", "abc-123")
                .exchange()
                .expectHeader()
                .valueEquals("X-Request-Id", "abc-123")
                .expectBody()
                .jsonPath("$.request_id")
                .isEqualTo("abc-123");
        process.anonymous()
                .get()
                .uri(EVENTS)
                .header("X-Request-Id", "<b>odd</b>")
                .exchange()
                .expectHeader()
                .value("X-Request-Id", id -> assertThat(id).matches("[0-9a-f-]{36}"));
    }

    private static void expectProblem(
            WebTestClient.RequestHeadersSpec<?> request, int status, String code) {
        request.exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType("application/problem+json")
                .expectHeader()
                .exists("X-Request-Id")
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo(code)
                .jsonPath("$.status")
                .isEqualTo(status)
                .jsonPath("$.trace")
                .doesNotExist();
    }
}
