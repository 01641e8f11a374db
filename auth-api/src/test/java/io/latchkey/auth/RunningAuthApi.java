package io.latchkey.auth;

import io.latchkey.events.AppId;
import io.latchkey.events.LinkId;
import io.latchkey.events.secret.KeyRing;
import io.latchkey.events.secret.LinkToken;
import io.latchkey.testing.TestDatabase;
import io.latchkey.testing.TestKafka;
import io.latchkey.testing.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * auth-api as it runs in production, on real PostgreSQL and Kafka; one for all tests of this JVM.
 * It has three apps: two confidential ones of one tenant, and one of another tenant.
 */
public final class RunningAuthApi {
    public static final String SECRET = "a-secret-of-the-test-app-0123456789";
    public static final String REDIRECT = "https://app.example/callback";
    public static final AppId APP = AppId.next();
    public static final AppId SISTER = AppId.next();
    public static final AppId STRANGER = AppId.next();
    public static final TestDatabase DATABASE = TestPostgres.database("auth");
    private static final String SUBJECT_KEY = KeyRing.generate("subj").substring(5);
    private static final String KEYS = KeyRing.generate("k001");

    private static final RunningAuthApi INSTANCE = new RunningAuthApi();

    private final int port = freePort();
    private final ConfigurableApplicationContext context;
    private final KeyRing ring = KeyRing.parse(KEYS);

    private RunningAuthApi() {
        context = start(port, "node-1");
    }

    public static RunningAuthApi get() {
        return INSTANCE;
    }

    /** Another node of the same installation; the caller closes it. */
    public ConfigurableApplicationContext startNode(int otherPort, String node) {
        return start(otherPort, node);
    }

    private ConfigurableApplicationContext start(int serverPort, String node) {
        var arguments =
                new ArrayList<>(
                        List.of(
                                "--server.port=" + serverPort,
                                "--latchkey.public-url=http://localhost:" + port,
                                "--latchkey.keys=" + KEYS,
                                "--latchkey.subject-key=" + SUBJECT_KEY,
                                "--latchkey.node=" + node,
                                "--spring.r2dbc.url=" + DATABASE.r2dbcUrl(),
                                "--spring.r2dbc.username=" + DATABASE.username(),
                                "--spring.r2dbc.password=" + DATABASE.password(),
                                "--spring.kafka.bootstrap-servers="
                                        + TestKafka.bootstrapServers()));
        app(arguments, 0, APP, "default", "Test App");
        app(arguments, 1, SISTER, "default", "Sister App");
        app(arguments, 2, STRANGER, "elsewhere", "Strange App");
        return AuthApiApplication.application().run(arguments.toArray(String[]::new));
    }

    private static void app(List<String> arguments, int n, AppId id, String tenant, String name) {
        var prefix = "--latchkey.app.configured[" + n + "].";
        arguments.add(prefix + "client-id=" + id);
        arguments.add(prefix + "client-secret=" + SECRET);
        arguments.add(prefix + "tenant=" + tenant);
        arguments.add(prefix + "name=" + name);
        arguments.add(prefix + "redirect-uris[0]=" + REDIRECT);
        arguments.add(prefix + "redirect-uris[1]=http://localhost:3000/?from=mail");
        arguments.add(prefix + "scopes[0]=audit.read");
    }

    public String url() {
        return "http://localhost:" + port;
    }

    public KeyRing ring() {
        return ring;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** What the mail of this link would hold. */
    public String linkToken(LinkId link) {
        return LinkToken.of(link, ring.currentKid(), ring.mail());
    }

    public static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
