package io.latchkey.mail.relay.sendgrid;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.latchkey.events.EmailAddress;
import io.latchkey.events.FailureClass;
import io.latchkey.mail.relay.RelayReply;
import io.latchkey.rendering.Mail;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Against a server that wants requests to be as SendGrid's reference says. */
class SendGridRelayIT {
    private static final String KEY = "SG.key-of-tests";
    private static final Duration TIME = Duration.ofSeconds(3);
    private final JsonMapper json =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build();
    private final List<JsonNode> taken = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile int status = 202;
    private HttpServer server;
    private SendGridRelay relay;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v3/mail/send", this::answer);
        server.start();
        relay = relay(KEY, server.getAddress().getPort());
    }

    private SendGridRelay relay(String key, int port) {
        var url = URI.create("http://127.0.0.1:" + port);
        return new SendGridRelay("sendgrid", url, key, Duration.ofSeconds(1), json);
    }

    @AfterEach
    void stop() {
        end.countDown();
        relay.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readAllBytes();
        var headers = exchange.getRequestHeaders();
        if (!("Bearer " + KEY).equals(headers.getFirst("Authorization"))) {
            say(exchange, 401, "{\"errors\":[{\"message\":\"unauthorized\"}]}");
        } else if (!exchange.getRequestMethod().equals("POST")
                || !"application/json".equals(headers.getFirst("Content-Type"))
                || status == 400) {
            say(exchange, 400, "{\"errors\":[{\"message\":\"no, ada@example.com\"}]}");
        } else if (status == 0) {
            taken.add(json.readTree(body));
            awaitEnd();
            exchange.close();
        } else {
            taken.add(json.readTree(body));
            exchange.getResponseHeaders().add("X-Message-Id", "sg-1");
            say(exchange, status, "");
        }
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void say(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static Mail mail() {
        return new Mail(
                EmailAddress.parse("ada@example.com"),
                "Acmé",
                "no-reply@login.example",
                EmailAddress.parse("help@acme.example"),
                "Sign in to Acmé",
                "text\r\n",
                "<p>html</p>\r\n",
                "<link_1@login.example>",
                Locale.GERMAN,
                "123456");
    }

    @Test
    void aMailIsSentAsTheReferenceSays() {
        assertThat(relay.handOver(mail(), TIME, TIME))
                .isEqualTo(new RelayReply.Accepted("202 sg-1"));

        assertThat(taken)
                .containsExactly(
                        json.readTree(
                                """
                                {"personalizations": [{"to": [{"email": "ada@example.com"}]}],
                                 "from": {"email": "no-reply@login.example", "name": "Acmé"},
                                 "reply_to": {"email": "help@acme.example"},
                                 "subject": "Sign in to Acmé",
                                 "content": [{"type": "text/plain", "value": "text\\r\\n"},
                                             {"type": "text/html", "value": "<p>html</p>\\r\\n"}],
                                 "headers": {"Message-ID": "<link_1@login.example>",
                                             "Auto-Submitted": "auto-generated",
                                             "Content-Language": "de"},
                                 "custom_args": {"link_id": "link_1"},
                                 "tracking_settings": {"click_tracking": {"enable": false},
                                                       "open_tracking": {"enable": false},
                                                       "subscription_tracking": {"enable": false},
                                                       "ganalytics": {"enable": false}}}
                                """));
    }

    @ParameterizedTest
    @CsvSource({
        "400, PERMANENT, refused",
        "403, TRANSIENT, relay_authentication",
        "408, TRANSIENT, relay_unready",
        "413, PERMANENT, refused",
        "429, TRANSIENT, deferred",
        "500, TRANSIENT, relay_unready",
        "502, AMBIGUOUS, unanswered",
        "503, TRANSIENT, relay_unready",
        "504, AMBIGUOUS, unanswered",
        "302, AMBIGUOUS, unanswered",
        "0, AMBIGUOUS, unanswered",
    })
    void aFailureIsClassedByItsStatus(int code, FailureClass failureClass, String reason) {
        status = code;

        var reply = relay.handOver(mail(), TIME, TIME);

        assertThat(reply)
                .isInstanceOfSatisfying(
                        RelayReply.Failed.class,
                        failed -> {
                            assertThat(failed.failureClass()).isEqualTo(failureClass);
                            assertThat(failed.reason()).hasToString(reason);
                            assertThat(String.valueOf(failed.text())).doesNotContain("ada@");
                        });
    }

    @Test
    void aWrongKeyIsAFaultBetweenItAndUs() {
        try (var other = relay("SG.other", server.getAddress().getPort())) {
            assertThat(other.handOver(mail(), TIME, TIME))
                    .isInstanceOfSatisfying(
                            RelayReply.Failed.class,
                            failed -> {
                                assertThat(failed.reason()).hasToString("relay_authentication");
                                assertThat(failed.text()).doesNotContain("SG.");
                            });
        }
    }

    @Test
    void nobodyListeningIsTransient() throws IOException {
        int port;
        try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }

        try (var nobody = relay(KEY, port)) {
            assertThat(((RelayReply.Failed) nobody.handOver(mail(), TIME, TIME)).failureClass())
                    .isEqualTo(FailureClass.TRANSIENT);
        }
    }

    @Test
    void whatBeginsAfterTheEndIsNotHandedOver() {
        relay.cutShort();

        assertThat(relay.handOver(mail(), TIME, TIME)).isInstanceOf(RelayReply.Failed.class);
        assertThat(taken).isEmpty();
    }
}
