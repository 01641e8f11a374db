package io.latchkey.audit;

import static org.awaitility.Awaitility.await;

import io.latchkey.audit.tlog.SignerKey;
import io.latchkey.testing.TestDatabase;
import io.latchkey.testing.TestKafka;
import io.latchkey.testing.TestPostgres;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.web.reactive.server.WebTestClient;

/** A whole audit consumer as {@code main} would run it, on the tests' PostgreSQL and Kafka. */
public final class AuditProcess implements AutoCloseable {
    public static final String AUDIT_TOKEN = "audit-token-of-the-tests";
    public static final String SUBJECT_KEY = "a2V5LWtleS1rZXkta2V5LWtleS1rZXkta2V5LWtleS0";

    public static final String CHECKPOINT_KEY = SignerKey.generate(new SecureRandom());

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

    /**
     * Returns when it is ready: the topics are there by then.
     *
     * @param more settings, such as {@code --latchkey.node=a}
     */
    public static AuditProcess start(TestDatabase database, String... more) {
        var process =
                startUnready(database, TestKafka.bootstrapServers(), TestIssuer.jwksUrl(), more);
        await().atMost(Duration.ofMinutes(2)).until(process::isReady);
        return process;
    }

    /** Returns when it listens. */
    public static AuditProcess startUnready(
            TestDatabase database, String bootstrapServers, String jwksUrl, String... more) {
        var settings =
                Stream.of(
                        "--server.port=0",
                        // Two seconds of every close otherwise
                        "--spring.reactor.netty.shutdown-quiet-period=0s",
                        "--spring.r2dbc.url=" + database.r2dbcUrl(),
                        "--spring.r2dbc.username=" + database.username(),
                        "--spring.r2dbc.password=" + database.password(),
                        "--spring.kafka.bootstrap-servers=" + bootstrapServers,
                        "--latchkey.audit-token=" + AUDIT_TOKEN,
                        "--latchkey.subject-key=" + SUBJECT_KEY,
                        "--latchkey.checkpoint.key=" + CHECKPOINT_KEY,
                        "--latchkey.checkpoint.interval=1s",
                        "--latchkey.issuer-url=" + TestIssuer.URL,
                        "--latchkey.jwks-url=" + jwksUrl);
        var all = Stream.concat(settings, Stream.of(more)).toArray(String[]::new);
        SpringApplicationBuilder application = AuditConsumerApplication.application();
        return new AuditProcess(application.run(all));
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
                .responseTimeout(Duration.ofSeconds(30))
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

    /** All sequence numbers, page by page, with something done between two pages. */
    public List<Long> walk(String query, Runnable between) {
        var sequences = new ArrayList<Long>();
        var cursor = "";
        while (cursor != null) {
            var page = get("/api/v1/audit/events?" + query + cursor);
            ((List<?>) page.get("items"))
                    .forEach(
                            event ->
                                    sequences.add(
                                            ((Number) ((Map<?, ?>) event).get("sequence"))
                                                    .longValue()));
            cursor = page.get("next_cursor") == null ? null : "&cursor=" + page.get("next_cursor");
            if (cursor != null && sequences.size() < 90) {
                between.run();
            }
        }
        return sequences;
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

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
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
