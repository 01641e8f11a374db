package io.latchkey.audit.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.latchkey.audit.AuditProcess;
import io.latchkey.audit.TestEvents;
import io.latchkey.audit.TestTopics;
import io.latchkey.events.CodeRejected;
import io.latchkey.events.EndReason;
import io.latchkey.events.Event;
import io.latchkey.events.EventContext;
import io.latchkey.events.EventEnvelope;
import io.latchkey.events.EventId;
import io.latchkey.events.Intent;
import io.latchkey.events.LinkRejected;
import io.latchkey.events.LinkSuppressed;
import io.latchkey.events.MailAbandoned;
import io.latchkey.events.MailSent;
import io.latchkey.events.Outcome;
import io.latchkey.events.RefreshReuseDetected;
import io.latchkey.events.SessionId;
import io.latchkey.events.Subject;
import io.latchkey.testing.TestPostgres;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Every rule that is there by default finds what it is for, and other systems hear of it. */
class DetectionIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final byte[] SECRET =
            "webhook-secret-of-these-tests".getBytes(StandardCharsets.UTF_8);

    private record Delivery(String id, String timestamp, String signature, String body) {}

    private final ConcurrentLinkedQueue<Delivery> deliveries = new ConcurrentLinkedQueue<>();
    private final List<EventEnvelope<?>> events = new ArrayList<>();

    /** Other tests write alerts, too. */
    private final Instant begin = Clock.systemUTC().instant();

    private HttpServer soc;
    private AuditProcess process;

    @BeforeEach
    void start() throws Exception {
        soc = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        soc.createContext(
                "/hook",
                exchange -> {
                    var headers = exchange.getRequestHeaders();
                    var body =
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8);
                    deliveries.add(
                            new Delivery(
                                    headers.getFirst("webhook-id"),
                                    headers.getFirst("webhook-timestamp"),
                                    headers.getFirst("webhook-signature"),
                                    body));
                    // Away at first
                    exchange.sendResponseHeaders(deliveries.size() == 1 ? 500 : 204, -1);
                    exchange.close();
                });
        soc.start();
        process =
                AuditProcess.start(
                        TestPostgres.database("detection"),
                        "--latchkey.detection.interval=5s",
                        "--latchkey.alerts.webhooks[0].name=soc",
                        "--latchkey.alerts.webhooks[0].url=http://localhost:"
                                + soc.getAddress().getPort()
                                + "/hook",
                        "--latchkey.alerts.webhooks[0].secret=whsec_"
                                + Base64.getEncoder().encodeToString(SECRET));
    }

    @AfterEach
    void stop() {
        process.close();
        soc.stop(0);
    }

    private void happen(Event event) {
        var now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MICROS);
        events.add(new EventEnvelope<>(EventId.next(), "test", now, event));
    }

    private static EventContext from(String ip, Subject subject) {
        return EventContext.of("default", null, null)
                .withAddress(subject, null)
                .withClient(ip, null);
    }

    private void happenAll() {
        var victim = TestEvents.subject();
        var guessed = TestEvents.subject();
        IntStream.range(0, 60)
                .forEach(
                        n ->
                                happen(
                                        new LinkSuppressed(
                                                from("198.51.100." + n, TestEvents.subject()),
                                                Intent.SIGN_IN)));
        IntStream.range(0, 12)
                .forEach(
                        n ->
                                happen(
                                        new LinkSuppressed(
                                                from("2001:db8:0:" + n + "::1", victim),
                                                Intent.SIGN_IN)));
        IntStream.range(0, 16)
                .forEach(n -> happen(new CodeRejected(from("192.0.2.1", guessed), n % 5)));
        happen(
                new RefreshReuseDetected(
                        EventContext.of("default", null, null).withSession(SessionId.next()),
                        TestEvents.TIME,
                        4,
                        EndReason.REFRESH_REUSE));
        IntStream.range(0, 120)
                .forEach(
                        n ->
                                happen(
                                        new LinkRejected(
                                                from("192.0.2." + n, TestEvents.subject())
                                                        .withOutcome(Outcome.REFUSED, "forged"))));
        var about = EventContext.of("default", null, null);
        IntStream.range(0, 6).forEach(_ -> happen(new MailAbandoned(about, 3)));
        IntStream.range(0, 20)
                .forEach(_ -> happen(new MailSent(about, 1, "relay", null, TestEvents.TIME, 5)));
    }

    @Test
    void everyRuleAlertsOnceAndTheWebhookIsToldUntilItHasTakenAll() {
        happenAll();
        try (var topics = new TestTopics()) {
            topics.publish(events);
        }

        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(rules(alerts()))
                                        .containsOnly(
                                                "many-addresses-from-one-network",
                                                "many-networks-for-one-address",
                                                "codes-guessed",
                                                "refresh-token-reused",
                                                "refusals-above-usual",
                                                "mails-abandoned"));
        assertThat(alert("many-addresses-from-one-network"))
                .containsEntry("ip", "198.51.100.0")
                .extractingByKey("data")
                .isEqualTo(
                        Map.of(
                                "rule", "many-addresses-from-one-network",
                                "count", 60,
                                "window_s", 600));
        assertThat(alert("many-networks-for-one-address")).containsKey("subject");
        assertThat(alert("refresh-token-reused")).containsKey("session_id");
        assertThat(alert("mails-abandoned").get("data"))
                .isEqualTo(Map.of("rule", "mails-abandoned", "count", 6, "window_s", 600));

        await().atMost(SOON).until(() -> delivered().containsAll(ids(alerts())));
        var all = List.copyOf(deliveries);
        assertThat(all).allSatisfy(DetectionIT::assertSigned);
        assertThat(all.get(0).id()).isEqualTo(all.get(1).id());
        assertThat(delivered().subList(1, delivered().size())).doesNotHaveDuplicates();
        // Looked at again, and found again: told once, or twice where a window ended.
        await().during(Duration.ofSeconds(12)).atMost(SOON).until(() -> alerts().size() < 2 * 6);
    }

    private List<String> delivered() {
        return deliveries.stream().map(Delivery::id).toList();
    }

    private static List<String> ids(List<Map<String, Object>> alerts) {
        return alerts.stream().map(alert -> (String) alert.get("event_id")).toList();
    }

    private List<Map<String, Object>> alerts() {
        return process.items("/api/v1/audit/alerts?limit=200&from=" + begin);
    }

    private static Set<String> rules(List<Map<String, Object>> alerts) {
        return alerts.stream().map(DetectionIT::rule).collect(Collectors.toSet());
    }

    private static String rule(Map<String, Object> alert) {
        return (String) ((Map<?, ?>) alert.get("data")).get("rule");
    }

    private Map<String, Object> alert(String rule) {
        return alerts().stream().filter(each -> rule(each).equals(rule)).findFirst().orElseThrow();
    }

    /** As the specification says that a receiver checks it. */
    private static void assertSigned(Delivery delivery) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
        var signed = delivery.id() + "." + delivery.timestamp() + "." + delivery.body();
        assertThat(delivery.signature())
                .isEqualTo(
                        "v1,"
                                + Base64.getEncoder()
                                        .encodeToString(
                                                mac.doFinal(
                                                        signed.getBytes(StandardCharsets.UTF_8))));
        var body = Objects.requireNonNull(JsonMapper.shared().readTree(delivery.body()));
        assertThat(body.get("type").asString()).isEqualTo("latchkey.alert");
        assertThat(body.at("/data/event_id").asString()).isEqualTo(delivery.id());
        assertThat(body.at("/data/type").asString()).isEqualTo("Alert");
    }
}
