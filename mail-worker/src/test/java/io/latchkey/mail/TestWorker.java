package io.latchkey.mail;

import io.latchkey.testing.TestKafka;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
