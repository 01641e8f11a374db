package io.latchkey.standalone.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class InboxWebIT {
    private static final Inbox INBOX =
            new Inbox(InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z")));
    private static final String MAIL =
            """
            Message-ID: <1@latchkey>\r
            From: Demo <no-reply@example.com>\r
            To: ada@example.com\r
            Subject: Sign in\r
            X-Twice: a\r
            X-Twice: b\r
            Content-Type: text/html; charset=utf-8\r
            \r
            <base href="https://evil.example/"><script>steal()</script><a href="/l/1">Sign in</a>\r
            """;
    private static ConfigurableApplicationContext context;
    private static int port;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        var tour =
                new Tour(
                        Path.of("/tmp/o'home/keys"),
                        "http://localhost:1",
                        "http://localhost:2",
                        "http://localhost:3/<callback>");
        context =
                InboxApplication.application(INBOX, tour)
                        .run("--server.port=0", "--server.address=127.0.0.1");
        port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @BeforeEach
    void receive() {
        INBOX.clear();
        INBOX.receive("ada@example.com", MAIL.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void listsMailsInMailpitsShape() throws Exception {
        INBOX.receive(
                "bob@example.com", "Subject: newer\r\n\r\nhello".getBytes(StandardCharsets.UTF_8));

        var all = json("/api/v1/messages");
        var one = json("/api/v1/messages?limit=1");

        assertThat(all.get("total").intValue()).isEqualTo(2);
        assertThat(all.at("/messages/0/Subject").stringValue()).isEqualTo("newer");
        assertThat(all.at("/messages/0/To/0/Address").stringValue()).isEqualTo("bob@example.com");
        var older = all.at("/messages/1");
        assertThat(older.propertyNames())
                .containsExactlyInAnyOrder("ID", "MessageID", "From", "To", "Subject", "Created");
        assertThat(older.get("MessageID").stringValue()).isEqualTo("1@latchkey");
        assertThat(older.at("/From/Name").stringValue()).isEqualTo("Demo");
        assertThat(older.get("Created").stringValue()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(one.get("total").intValue()).isEqualTo(2);
        assertThat(one.get("messages").size()).isOne();
        assertThat(json("/api/v1/messages?limit=5000").get("messages").size()).isEqualTo(2);
    }

    @Test
    void showsOneMailItsHeadersAndItsBytes() throws Exception {
        var path = "/api/v1/message/" + INBOX.newest(1).getFirst().id();

        assertThat(json(path).get("HTML").stringValue()).contains("Sign in</a>");
        assertThat(json(path).get("Text").stringValue()).isEmpty();
        assertThat(json(path + "/headers").get("X-Twice").valueStream().map(JsonNode::stringValue))
                .containsExactly("a", "b");
        assertThat(get(path + "/raw").body()).isEqualTo(MAIL);
        assertThat(get("/api/v1/message/unknown").statusCode()).isEqualTo(404);
        assertThat(get("/api/v1/messages?limit=many").statusCode()).isEqualTo(400);
    }

    @Test
    void showsTheHtmlOfAMailWhereItCanDoNothing() throws Exception {
        var answer = get("/mail/" + INBOX.newest(1).getFirst().id() + "/html");

        assertThat(answer.headers().allValues("Content-Security-Policy"))
                .containsExactly(
                        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none';"
                                + " style-src 'unsafe-inline'; img-src data:;"
                                + " frame-ancestors 'self'");
        assertThat(answer.body()).startsWith("<!doctype html><base target=\"_blank\">");
    }

    @Test
    void isEmptiedByDelete() throws Exception {
        var answer =
                client.send(
                        HttpRequest.newBuilder(uri("/api/v1/messages")).DELETE().build(),
                        BodyHandlers.discarding());

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(json("/api/v1/messages").get("total").intValue()).isZero();
    }

    @Test
    void theFirstPageIsFilledInAndEscaped() throws Exception {
        var page = get("/").body();

        assertThat(page)
                .contains("http://localhost:3/&lt;callback&gt;", "/tmp/o&#39;\\&#39;&#39;home/keys")
                .doesNotContain("{{");
        assertThat(get("/inbox.js").statusCode()).isEqualTo(200);
        assertThat(get("/inbox.css").statusCode()).isEqualTo(200);
    }

    /** A page of that name could have pointed it at 127.0.0.1, and would read the mails. */
    @Test
    void answersToNoOtherNameThanThisMachines() throws Exception {
        assertThat(statusLineFor("evil.example")).startsWith("HTTP/1.1 421 ");
        assertThat(statusLineFor("evil.example:" + port)).startsWith("HTTP/1.1 421 ");
        assertThat(statusLineFor("localhost:" + port)).startsWith("HTTP/1.1 200 ");
        assertThat(statusLineFor("127.0.0.1")).startsWith("HTTP/1.1 200 ");
    }

    private static String statusLineFor(String host) throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            var request = "GET /api/v1/messages HTTP/1.0\r\nHost: " + host + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .replace("HTTP/1.0", "HTTP/1.1");
        }
    }

    private JsonNode json(String path) throws Exception {
        return JsonMapper.shared().readTree(get(path).body());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private static URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }
}
