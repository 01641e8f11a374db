package io.latchkey.auth.bounce;

import static io.latchkey.auth.Api.body;
import static io.latchkey.auth.Api.problem;
import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.RunningAuthApi.APP;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.auth.Api;
import io.latchkey.auth.Backend;
import io.latchkey.auth.Browser;
import io.latchkey.auth.RunningAuthApi;
import io.latchkey.auth.TestEvents;
import io.latchkey.auth.TestRows;
import io.latchkey.events.FailureClass;
import io.latchkey.events.LinkId;
import io.latchkey.events.MailBounced;
import io.latchkey.events.Outcome;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** SendGrid's webhook, and others who call it. */
class BouncesIT {
    private static final TestSendGrid SENDGRID = new TestSendGrid();
    private static final String PATH = "/api/v1/bounces/sendgrid";
    private static final int PORT = RunningAuthApi.freePort();
    private static ConfigurableApplicationContext node;
    private final Backend backend = new Backend(APP);
    private final Browser http = new Browser("http://localhost:" + PORT);

    @BeforeAll
    static void startNode() {
        node =
                RunningAuthApi.get()
                        .startNode(
                                PORT,
                                "node-of-bounces",
                                "--latchkey.bounces.sendgrid.verification-key="
                                        + SENDGRID.verificationKey());
    }

    @AfterAll
    static void stopNode() {
        node.close();
    }

    @AfterEach
    void close() {
        backend.close();
        http.close();
    }

    @Test
    void aBounceMarksTheLinkAndSuppressesTheAddress() {
        var address = newAddress();
        var link = backend.link(address);

        var answer = send(bounce(link));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        var mail = backend.look(link).required("mail");
        assertThat(mail.required("status").stringValue()).isEqualTo("bounced");
        assertThat(mail.required("last_error").stringValue()).isEqualTo("5.1.1");
        assertThat(backend.status(backend.link(address))).isEqualTo("suppressed");
        try (var administrator = Api.administrator()) {
            var found = body(administrator.get("/api/v1/suppressions?email=" + address), 200);
            assertThat(found.required("items").get(0).required("link_id").stringValue())
                    .isEqualTo(link.toString());
        }
    }

    @Test
    void itIsOneEventHoweverOftenItIsTold() {
        var link = backend.link(newAddress());
        var other = backend.link(newAddress());

        send(bounce(link));
        send(bounce(link) + "," + bounce(link));
        send(bounce(other));

        TestEvents.awaitOne(other, MailBounced.class);
        var event = TestEvents.awaitOne(link, MailBounced.class);
        assertThat(event.failureClass()).isEqualTo(FailureClass.PERMANENT);
        assertThat(event.status()).isEqualTo("5.1.1");
        assertThat(event.context().appId()).isEqualTo(APP);
        assertThat(event.context().tenant()).isEqualTo("default");
        assertThat(event.context().subject()).isNotNull();
        assertThat(event.context().outcome()).isEqualTo(Outcome.FAILURE);
        assertThat(event.context().reason()).isEqualTo("hard_bounce");
    }

    @Test
    void aLinkThatIsForgottenIsPassedOverAndTheOthersAreNot() {
        var link = backend.link(newAddress());

        var answer = send(bounce(LinkId.next()) + ",{\"event\":\"processed\"}," + bounce(link));

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(TestRows.link(link)).containsEntry("mail_status", "bounced");
    }

    @Test
    void nobodyElseIsBelieved() {
        var link = backend.link(newAddress());
        var text = "[" + bounce(link) + "]";
        var now = Long.toString(Instant.now().getEpochSecond());
        var old = Long.toString(Instant.now().minus(Duration.ofMinutes(11)).getEpochSecond());

        problem(post(text, now, new TestSendGrid().sign(now, bytes(text))), 401, "invalid_token");
        problem(post(text, now, SENDGRID.sign(now, bytes(text + " "))), 401, "invalid_token");
        problem(post(text, old, SENDGRID.sign(old, bytes(text))), 401, "invalid_token");
        problem(post(text, now, "nonsense"), 401, "invalid_token");
        problem(http.postJson(PATH, text), 401, "invalid_token");
        problem(
                http.postJson(PATH, text, "Authorization", "Bearer " + RunningAuthApi.ADMIN_TOKEN),
                401,
                "invalid_token");

        assertThat(TestRows.link(link)).containsEntry("mail_status", "queued");
    }

    @Test
    void aProviderThatIsNotThereIsNotFound() {
        var text = "[" + bounce(LinkId.next()) + "]";

        problem(http.postJson("/api/v1/bounces/nobody", text), 404, "not_found");
        try (var unconfigured = new Browser(RunningAuthApi.get().url())) {
            problem(unconfigured.postJson(PATH, text), 404, "not_found");
        }
    }

    @Test
    void whatIsSignedAndNoArrayIsToldSo() {
        assertThat(problem(signed("{}"), 400, "invalid_request")).containsKey("");
    }

    @Test
    void aMebibyteIsTakenAndMoreIsNot() {
        var link = backend.link(newAddress());
        var most = "[" + bounce(link) + "]" + " ".repeat(1024 * 1024);
        most = most.substring(0, 1024 * 1024);

        assertThat(signed(most).statusCode()).isEqualTo(204);
        assertThat(TestRows.link(link)).containsEntry("mail_status", "bounced");
        problem(signed(most + " "), 413, "payload_too_large");
    }

    @Test
    void onlyJsonIsTakenAndNothingPacked() {
        for (var type : new String[] {"text/plain", "application/x-www-form-urlencoded"}) {
            problem(
                    http.send("POST", PATH, BodyPublishers.ofString("[]"), "Content-Type", type),
                    415,
                    "unsupported_media_type");
        }
        problem(
                http.postJson(PATH, "[]", "Content-Encoding", "gzip"),
                415,
                "unsupported_media_type");
        problem(http.get(PATH), 405, "method_not_allowed");
    }

    private static String bounce(LinkId link) {
        return "{\"email\":\"a@mail.example\",\"event\":\"bounce\",\"type\":\"bounce\",\"link_id\":\""
                + link
                + "\",\"status\":\"5.1.1\",\"timestamp\":1513299569,\"sg_event_id\":\"x\"}";
    }

    private HttpResponse<String> send(String events) {
        return signed("[" + events + "]");
    }

    private HttpResponse<String> signed(String text) {
        var now = Long.toString(Instant.now().getEpochSecond());
        return post(text, now, SENDGRID.sign(now, bytes(text)));
    }

    private HttpResponse<String> post(String text, String timestamp, String signature) {
        return http.postJson(
                PATH,
                text,
                "X-Twilio-Email-Event-Webhook-Signature",
                signature,
                "X-Twilio-Email-Event-Webhook-Timestamp",
                timestamp);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
