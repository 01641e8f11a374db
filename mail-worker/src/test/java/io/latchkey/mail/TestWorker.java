package io.latchkey.mail;

import io.latchkey.testing.TestKafka;
import java.util.ArrayList;
import java.util.List;
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
        var arguments = new ArrayList<String>();
        for (var setting :
                List.of(
                        "latchkey.mail-keys=" + TestOrders.RING.formatMailKeys(),
                        "latchkey.mail-admin-token=" + ADMIN_TOKEN,
                        "latchkey.node=test",
                        "latchkey.mail.from=no-reply@login.example",
                        "latchkey.mail.concurrency=12",
                        "latchkey.mail.retry-concurrency=12",
                        "spring.kafka.bootstrap-servers=" + TestKafka.bootstrapServers(),
                        "spring.mail.host=127.0.0.1",
                        "spring.mail.port=" + smtpPort,
                        "server.port=0")) {
            arguments.add("--" + setting);
        }
        for (var setting : settings) {
            arguments.add("--" + setting);
        }
        return new TestWorker(
                MailWorkerApplication.application()
                        .web(WebApplicationType.REACTIVE)
                        .run(arguments.toArray(new String[0])));
    }

    public int port() {
        return context.getEnvironment().getProperty("local.server.port", Integer.class, 0);
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
