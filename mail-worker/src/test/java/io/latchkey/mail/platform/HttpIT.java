package io.latchkey.mail.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.latchkey.mail.MailWorkerApplication;
import io.latchkey.mail.TestWorker;
import io.latchkey.testing.TestOrders;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What a worker answers over HTTP; here one whose Kafka and relay are away. */
@ExtendWith(OutputCaptureExtension.class)
class HttpIT {
    private static final String NOWHERE = "127.0.0.1:9";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static TestWorker worker;

    @BeforeAll
    static void start() {
        worker = TestWorker.start(9, "spring.kafka.bootstrap-servers=" + NOWHERE);
    }

    @AfterAll
    static void stop() {
        worker.close();
        HTTP.close();
    }

    private static HttpResponse<String> get(String path, String... headers) throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create("http://localhost:" + worker.port() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aWorkerWithoutKafkaIsAliveButNotReadyAndSaysNoMore() throws Exception {
        assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        var readiness = get("/actuator/health/readiness");
        assertThat(readiness.statusCode()).isEqualTo(503);
        assertThat(readiness.body()).isEqualTo("{\"status\":\"DOWN\"}");
    }

    @Test
    void metricsAreOpen() throws Exception {
        var metrics = get("/actuator/prometheus");

        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.body())
                .contains(
                        "latchkey_mail_deliveries_in_flight",
                        "latchkey_mail_deliveries_oldest_seconds",
                        "latchkey_mail_relay_connections");
    }

    @Test
    void everythingElseWantsTheToken() throws Exception {
        for (var path : new String[] {"/", "/actuator/env", "/actuator", "/api/v1/whatever"}) {
            var answer = get(path);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("content-type"))
                    .contains("application/problem+json");
            assertThat(answer.headers().firstValue("www-authenticate")).contains("Bearer");
            assertThat(answer.body()).contains("\"code\":\"invalid_token\"");
        }
        assertThat(get("/", "Authorization", "Bearer wrong").statusCode()).isEqualTo(401);
        assertThat(get("/", "Authorization", "Basic eDp5").statusCode()).isEqualTo(401);
    }

    @Test
    void whatIsNotThereIsAProblemWithoutDetails() throws Exception {
        var answer = get("/api/v1/whatever", "Authorization", "Bearer " + TestWorker.ADMIN_TOKEN);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("content-type"))
                .contains("application/problem+json");
        assertThat(answer.body()).contains("\"code\":\"not_found\"").doesNotContain("Exception");
        assertThat(answer.headers().firstValue("x-request-id"))
                .hasValueSatisfying(id -> assertThat(answer.body()).contains(id));
        assertThat(answer.body()).contains("\"detail\":\"There is nothing here.\"");
    }

    @Test
    void aPlainRequestIdOfTheCallerIsKept() throws Exception {
        assertThat(get("/", "X-Request-Id", "ours-1").headers().firstValue("x-request-id"))
                .contains("ours-1");
        assertThat(get("/", "X-Request-Id", "ours-1").body()).contains("\"request_id\":\"ours-1\"");
        assertThat(
                        get("/actuator/health/liveness", "X-Request-Id", "\"1")
                                .headers()
                                .firstValue("x-request-id"))
                .hasValueSatisfying(id -> assertThat(id).isNotEqualTo("\"1"));
    }

    @Test
    void aKafkaWhoseNameDoesNotResolveIsLookedForOn(CapturedOutput output) {
        try (var _ = TestWorker.start(9, "spring.kafka.bootstrap-servers=kafka.invalid:9092")) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> output.getAll().contains("Kafka does not answer: KafkaException"));
        }
    }

    @Test
    void withoutKeysItRefusesToStartAndSaysWhy(CapturedOutput output) {
        var without =
                catchThrowable(() -> MailWorkerApplication.application().run("--server.port=0"));

        assertThat(without).isNotNull();
        assertThat(output)
                .contains("LATCHKEY_MAIL_KEYS is not set")
                .contains("LATCHKEY_MAIL_ADMIN_TOKEN is not set");
    }

    @Test
    void withBrokenKeysItRefusesToStartAndDoesNotShowThem(CapturedOutput output) {
        var keys = TestOrders.RING.formatMailKeys() + "x";

        var broken =
                catchThrowable(
                        () ->
                                MailWorkerApplication.application()
                                        .run(
                                                "--server.port=0",
                                                "--latchkey.mail-keys=" + keys,
                                                "--latchkey.mail-admin-token=t"));

        assertThat(broken).isNotNull();
        assertThat(output).contains("LATCHKEY_MAIL_KEYS: key ring, entry 1").doesNotContain(keys);
    }
}
