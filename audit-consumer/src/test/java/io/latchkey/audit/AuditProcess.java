package io.latchkey.audit;

import static org.awaitility.Awaitility.await;

import io.latchkey.testing.TestDatabase;
import io.latchkey.testing.TestKafka;
import io.latchkey.testing.TestPostgres;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.web.reactive.server.WebTestClient;

/** A whole audit consumer as {@code main} would run it, on the tests' PostgreSQL and Kafka. */
public final class AuditProcess implements AutoCloseable {
    public static final String AUDIT_TOKEN = "audit-token-of-the-tests";
    public static final String SUBJECT_KEY = "a2V5LWtleS1rZXkta2V5LWtleS1rZXkta2V5LWtleS0";

    private final ConfigurableApplicationContext context;

    private AuditProcess(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** One that all tests of this JVM may share, if they leave it running. */
    public static AuditProcess shared() {
        return Shared.PROCESS;
    }

    /** The database of the shared one. */
    public static TestDatabase sharedDatabase() {
        return Shared.DATABASE;
    }

    private static final class Shared {
        static final TestDatabase DATABASE = TestPostgres.database("audit");
        static final AuditProcess PROCESS = start(DATABASE);
    }

    /** Returns when it is ready: the topics are there by then. */
    public static AuditProcess start(TestDatabase database) {
        var process = startUnready(database, TestKafka.bootstrapServers(), TestIssuer.jwksUrl());
        await().atMost(Duration.ofSeconds(30)).until(process::isReady);
        return process;
    }

    /** Returns when it listens. */
    public static AuditProcess startUnready(
            TestDatabase database, String bootstrapServers, String jwksUrl) {
        var settings =
                List.of(
                        "--server.port=0",
                        // Two seconds of every close otherwise
                        "--spring.reactor.netty.shutdown-quiet-period=0s",
                        "--spring.r2dbc.url=" + database.r2dbcUrl(),
                        "--spring.r2dbc.username=" + database.username(),
                        "--spring.r2dbc.password=" + database.password(),
                        "--spring.kafka.bootstrap-servers=" + bootstrapServers,
                        "--latchkey.audit-token=" + AUDIT_TOKEN,
                        "--latchkey.subject-key=" + SUBJECT_KEY,
                        "--latchkey.issuer-url=" + TestIssuer.URL,
                        "--latchkey.jwks-url=" + jwksUrl);
        SpringApplicationBuilder application = AuditConsumerApplication.application();
        return new AuditProcess(application.run(settings.toArray(String[]::new)));
    }

    private boolean isReady() {
        return anonymous()
                .get()
                .uri("/actuator/health/readiness")
                .exchange()
                .returnResult(String.class)
                .getStatus()
                .is2xxSuccessful();
    }

    /** Without a credential. */
    public WebTestClient anonymous() {
        return WebTestClient.bindToServer()
                .baseUrl(url(""))
                .responseTimeout(Duration.ofSeconds(10))
                .build();
    }

    /** With the audit token. */
    public WebTestClient auditor() {
        return withToken(AUDIT_TOKEN);
    }

    public WebTestClient withToken(String token) {
        return anonymous().mutate().defaultHeader("Authorization", "Bearer " + token).build();
    }

    /** The items of an answer. */
    public List<Map<String, Object>> events(String query) {
        return items("/api/v1/audit/events?" + query);
    }

    @SuppressWarnings("unchecked") // as the JSON is written
    public List<Map<String, Object>> items(String path) {
        return (List<Map<String, Object>>) get(path).get("items");
    }

    @SuppressWarnings("unchecked") // JSON objects have text keys
    public Map<String, Object> get(String path) {
        return Objects.requireNonNull(
                auditor()
                        .get()
                        .uri(URI.create(url(path)))
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody(Map.class)
                        .returnResult()
                        .getResponseBody());
    }

    public String url(String path) {
        var port = context.getEnvironment().getProperty("local.server.port");
        return "http://localhost:" + Objects.requireNonNull(port) + path;
    }

    @Override
    public void close() {
        context.close();
    }
}
