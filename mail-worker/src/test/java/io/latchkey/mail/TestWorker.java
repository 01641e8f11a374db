package io.latchkey.mail;

import static org.awaitility.Awaitility.await;

import io.latchkey.testing.TestKafka;
import io.latchkey.testing.TestOrders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import org.awaitility.core.ConditionTimeoutException;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/** A mail worker as {@code main} starts it, within this JVM. */
public final class TestWorker implements AutoCloseable {
    public static final String ADMIN_TOKEN = "mail-admin-token-of-tests";
    private final ConfigurableApplicationContext context;

    private TestWorker(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * @param settings {@code name=value}, over the defaults of tests
     */
    public static TestWorker start(int smtpPort, String... settings) {
        // Given twice, a setting would be a list of both.
        var all = new LinkedHashMap<String, String>();
        for (var setting : settings) {
            var sign = setting.indexOf('=');
            all.put(setting.substring(0, sign), setting.substring(sign + 1));
        }
        all.putIfAbsent("latchkey.mail-keys", TestOrders.RING.formatMailKeys());
        all.putIfAbsent("latchkey.mail-admin-token", ADMIN_TOKEN);
        all.putIfAbsent("latchkey.node", "test");
        all.putIfAbsent("latchkey.mail.from", "no-reply@login.example");
        all.putIfAbsent("latchkey.mail.concurrency", "12");
        all.putIfAbsent("latchkey.mail.retry-concurrency", "12");
        all.computeIfAbsent("spring.kafka.bootstrap-servers", _ -> TestKafka.bootstrapServers());
        all.putIfAbsent("spring.mail.host", "127.0.0.1");
        all.putIfAbsent("spring.mail.port", Integer.toString(smtpPort));
        all.putIfAbsent("server.port", "0");
        var arguments = new ArrayList<String>();
        all.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        return new TestWorker(
                MailWorkerApplication.application()
                        .web(WebApplicationType.REACTIVE)
                        .run(arguments.toArray(new String[0])));
    }

    /** The same; returns when it delivers: a machine that is busy takes its time to begin. */
    public static TestWorker startReady(int smtpPort, String... settings) {
        var worker = start(smtpPort, settings);
        try {
            await().atMost(Duration.ofMinutes(2)).until(() -> worker.readiness() == 200);
            return worker;
        } catch (ConditionTimeoutException e) {
            worker.close();
            throw e;
        }
    }

    public int port() {
        return context.getEnvironment().getProperty("local.server.port", Integer.class, 0);
    }

    /** The answer of its readiness probe. */
    public int readiness() {
        return get("/actuator/health/readiness").statusCode();
    }

    /** Asks it for something over HTTP. */
    public HttpResponse<String> get(String path) {
        return send("GET", path, "");
    }

    /** Asks as the mail administrator. */
    public HttpResponse<String> administrator(String method, String path) {
        return send(method, path, "Bearer " + ADMIN_TOKEN);
    }

    private HttpResponse<String> send(String method, String path, String authorization) {
        var request =
                HttpRequest.newBuilder(URI.create("http://localhost:" + port() + path))
                        .method(method, HttpRequest.BodyPublishers.noBody());
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** As SIGTERM does. */
    @Override
    public void close() {
        context.close();
    }
}
