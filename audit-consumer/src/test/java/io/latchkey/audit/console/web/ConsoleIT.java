package io.latchkey.audit.console.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.latchkey.audit.AuditProcess;
import io.latchkey.audit.TestEvents;
import io.latchkey.audit.TestIssuer;
import io.latchkey.audit.TestTopics;
import io.latchkey.events.Alert;
import io.latchkey.events.EmailAddress;
import io.latchkey.events.EventContext;
import io.latchkey.events.EventEnvelope;
import io.latchkey.events.LinkRejected;
import io.latchkey.events.Outcome;
import io.latchkey.events.secret.SubjectKey;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;

/** The console as a browser without scripts sees it. */
class ConsoleIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private final AuditProcess process = AuditProcess.shared();
    private final HttpClient client = HttpClient.newHttpClient();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/?type=LinkConfirmed",
                "/console/alerts",
                "/console/log",
                "/console/overview",
                "/console/links/link_01jv0000000000000000000000"
            })
    void whoeverIsNotSignedInIsLedToTheSignIn(String path) {
        for (var cookie : List.of("", "latchkey_audit=4000000000." + "A".repeat(43))) {
            var answer = get(path, cookie);
            assertThat(answer.statusCode()).isEqualTo(303);
            assertThat(answer.headers().firstValue("Location")).hasValue("/console/sign-in");
            assertThat(answer.body()).isEmpty();
        }
    }

    @Test
    void theApiAnswersAsBeforeWhereThereIsNoCookie() {
        var answer = get("/api/v1/audit/events", "latchkey_audit=rubbish");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("\"code\":\"invalid_token\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/console/overview", "/console/alerts", "/console/log"})
    void whoeverSeesOneTenantSeesNoPage(String path) {
        var answer =
                send(
                        HttpRequest.newBuilder(URI.create(process.url(path)))
                                .header("Authorization", "Bearer " + TestIssuer.token(_ -> {})));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("\"code\":\"forbidden\"");
    }

    @Test
    void anotherTokenSignsNobodyIn() {
        var answer = post("/console/sign-in", "", Map.of("token", "my-best-guess"));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body())
                .contains("That is not the audit token.")
                .doesNotContain("my-best-guess");
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void theCookieIsForThisBrowserAloneAndReadsNothingButReads() {
        var answer = post("/console/sign-in", "", Map.of("token", AuditProcess.AUDIT_TOKEN));

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).hasValue("/");
        var cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie)
                .startsWith("latchkey_audit=")
                .contains("; Path=/", "; HttpOnly", "; SameSite=Lax", "; Max-Age=43200")
                .doesNotContain(AuditProcess.AUDIT_TOKEN, "Secure", "Domain");
        var session = cookie.substring(0, cookie.indexOf(';'));
        for (var path : List.of("/", "/api/v1/audit/events", "/console/log", "/console/alerts")) {
            assertThat(get(path, session).statusCode()).as(path).isEqualTo(200);
        }
        assertThat(post("/", session, Map.of()).statusCode()).isEqualTo(303);
    }

    @Test
    void behindTlsTheCookieIsBoundToItsHost() {
        var answer =
                send(
                        form("/console/sign-in", Map.of("token", AuditProcess.AUDIT_TOKEN))
                                .header("X-Forwarded-Proto", "https"));

        var cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).startsWith("__Host-latchkey_audit=").contains("; Secure", "; Path=/");
        assertThat(get("/", cookie.substring(0, cookie.indexOf(';'))).statusCode()).isEqualTo(200);
    }

    @Test
    void signingOutTakesTheCookieAway() {
        var answer = post("/console/sign-out", session(), Map.of());

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().allValues("Set-Cookie"))
                .allMatch(cookie -> cookie.contains("=; ") && cookie.contains("Max-Age=0"))
                .extracting(cookie -> cookie.substring(0, cookie.indexOf('=')))
                .containsExactlyInAnyOrder("latchkey_audit", "__Host-latchkey_audit");
    }

    @Test
    void aCookieThatIsOverHidesNoneThatIsGood() {
        var old = "__Host-latchkey_audit=1." + "A".repeat(43);

        assertThat(get("/", old + "; " + session()).statusCode()).isEqualTo(200);
    }

    @Test
    void aProxysOwnCredentialDoesNotHideTheCookie() {
        var answer =
                send(
                        HttpRequest.newBuilder(URI.create(process.url("/")))
                                .header("Authorization", "Basic cHJveHk6cHJveHk=")
                                .header("Cookie", session()));

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "audit.example,'',400",
        "audit.example,https,303",
        "audit.example,'HTTPS, http',303"
    })
    void whereOthersCanReadTheTokenNobodySignsIn(String host, String forwarded, int status) {
        process.anonymous()
                .post()
                .uri("/console/sign-in")
                .header("Host", host)
                .header("X-Forwarded-Proto", forwarded)
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .bodyValue("token=" + AuditProcess.AUDIT_TOKEN)
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .value("Set-Cookie", cookie -> assertThat(cookie == null).isEqualTo(status == 400));
    }

    @Test
    void pagesHaveNothingInlineNothingOfOthersAndAreKeptNowhere() {
        var session = session();
        for (var path : List.of("/", "/console/alerts", "/console/log", "/console/sign-in")) {
            var answer = get(path, session);
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .startsWith("default-src 'none'")
                    .contains("frame-ancestors 'none'", "base-uri 'none'")
                    .doesNotContain("unsafe", "http");
            assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
            assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
            assertThat(answer.body())
                    .doesNotContainPattern("(?i)<style|\\sstyle=|\\son[a-z]+=")
                    .doesNotContainPattern("<script(?! type=\"module\" src=\"/console/)")
                    .doesNotContainPattern("(src|href)=\"(?!/|#|data:,|https://c2sp.org/)");
        }
    }

    @Test
    void anAddressIsLookedForAndStandsInNoUrl() {
        var address = EmailAddress.parse("console.me@mail.example");
        var subject = SubjectKey.parse(AuditProcess.SUBJECT_KEY).subject(address);
        var context =
                TestEvents.context()
                        .withAddress(subject, address.masked())
                        .withOutcome(Outcome.REFUSED, "expired");
        var event = TestEvents.envelope(new LinkRejected(context));
        publish(event);

        var answer =
                post(
                        "/console/filter",
                        session(),
                        Map.of(
                                "email",
                                " Console.Me@MAIL.example ",
                                "type",
                                "",
                                "outcome",
                                "refused"));

        assertThat(answer.statusCode()).isEqualTo(303);
        var location = answer.headers().firstValue("Location").orElseThrow();
        assertThat(location).isEqualTo("/?outcome=refused&subject=" + subject + "&range=1h");
        assertThat(
                        post(
                                        "/console/filter",
                                        session(),
                                        Map.of("email", "other@mail.example", "subject", "x"))
                                .statusCode())
                .as("another address after this one")
                .isEqualTo(303);
        assertThat(get(location, session()).body())
                .contains(event.id().toString(), address.masked())
                .containsOnlyOnce("data-sequence=");
        assertThat(get("/?outcome=success&subject=" + subject, session()).body())
                .contains("Nothing matches yet.")
                .doesNotContain(event.id().toString());
    }

    @Test
    void aWrongFieldIsNamedAndNothingIsLookedFor() {
        var answer =
                post("/console/filter", session(), Map.of("ip", "<b>localhost", "email", "a@b@c"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("<b>ip</b>", "expected: an IP address", "expected: an e-mail address")
                .contains("value=\"&lt;b&gt;localhost\"")
                .doesNotContain("<b>localhost")
                .doesNotContain("data-sequence=");
    }

    @Test
    void whatOthersWroteIsText() {
        var link = TestEvents.context().linkId();
        var event =
                TestEvents.confirmed(
                        EventContext.of("default", null, null)
                                .withLink(link)
                                .withOutcome(Outcome.REFUSED, "\"><script>alert(1)</script>")
                                .withClient("203.0.113.7", "</pre><img src=x>"));
        publish(event);

        for (var path : List.of("/?link_id=" + link, "/console/links/" + link)) {
            assertThat(get(path, session()).body())
                    .contains(event.id().toString(), "&lt;script&gt;")
                    .doesNotContain("<script>", "<img");
        }
    }

    @Test
    void aLinkThatNobodyKnowsIsNotFound() {
        for (var link : List.of("link_01jv0000000000000000000000", "x")) {
            var answer = get("/console/links/" + link, session());
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).contains("Nothing is known of such a link.");
        }
    }

    @Test
    void anAlertLeadsToWhatItIsAbout() {
        var context = EventContext.of(null, null, null).withAddress(TestEvents.subject(), null);
        var alert = TestEvents.envelope(new Alert(context, "rule-of-this-test", 17, 600));
        publish(alert);

        var page = get("/console/alerts", session()).body();

        assertThat(page)
                .contains("<b>rule-of-this-test</b>")
                .contains(
                        "href=\"/?from=2026-05-04T02:52:01.123456Z&amp;to=2026-05-04T03:02:01.123456Z"
                                + "&amp;subject="
                                + context.subject()
                                + "\"");
    }

    @Test
    void olderEventsAreOnTheNextPage() {
        var user = TestEvents.context().userId();
        var events = TestEvents.confirmedOf(user, 60);
        try (var topics = new TestTopics()) {
            topics.publish(events);
        }
        var path = "/?user_id=" + user;
        await().atMost(SOON).until(() -> process.events("limit=200&user_id=" + user).size() == 60);

        var first = get(path, session()).body();
        assertThat(first.split("data-sequence=", -1)).hasSize(51);
        var older = first.substring(first.lastIndexOf("href=\"/?") + "href=\"".length());
        older = older.substring(0, older.indexOf('"')).replace("&amp;", "&");
        assertThat(older).contains("cursor=");
        var second = get(older, session()).body();
        assertThat(second.split("data-sequence=", -1)).hasSize(11);
        assertThat(second).contains("data-live=\"false\"");
    }

    private void publish(EventEnvelope<?> event) {
        try (var topics = new TestTopics()) {
            topics.publish(List.of(event));
        }
        await().atMost(SOON)
                .until(
                        () ->
                                process.events("limit=200").stream()
                                        .anyMatch(
                                                each ->
                                                        event.id()
                                                                .toString()
                                                                .equals(each.get("event_id"))));
    }

    private String session() {
        var cookie =
                post("/console/sign-in", "", Map.of("token", AuditProcess.AUDIT_TOKEN))
                        .headers()
                        .firstValue("Set-Cookie")
                        .orElseThrow();
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private HttpResponse<String> get(String path, String cookie) {
        var request = HttpRequest.newBuilder(URI.create(process.url(path)));
        return send(cookie.isEmpty() ? request : request.header("Cookie", cookie));
    }

    private HttpResponse<String> post(String path, String cookie, Map<String, String> fields) {
        var request = form(path, fields);
        return send(cookie.isEmpty() ? request : request.header("Cookie", cookie));
    }

    private HttpRequest.Builder form(String path, Map<String, String> fields) {
        var body =
                fields.entrySet().stream()
                        .map(each -> each.getKey() + "=" + encoded(each.getValue()))
                        .collect(Collectors.joining("&"));
        return HttpRequest.newBuilder(URI.create(process.url(path)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
