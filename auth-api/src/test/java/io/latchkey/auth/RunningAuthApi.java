package io.latchkey.auth;

import io.latchkey.auth.app.BuiltInApps;
import io.latchkey.events.AppId;
import io.latchkey.events.LinkId;
import io.latchkey.events.secret.KeyRing;
import io.latchkey.events.secret.LinkToken;
import io.latchkey.events.secret.SubjectKey;
import io.latchkey.testing.TestDatabase;
import io.latchkey.testing.TestKafka;
import io.latchkey.testing.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * auth-api as it runs in production, on real PostgreSQL and Kafka; one for all tests of this JVM.
 */
public final class RunningAuthApi {
    public static final String SECRET = "a-secret-of-the-test-app-0123456789";
    public static final String ADMIN_TOKEN = "the-administrator-of-the-tests-0123456789";
    public static final String REDIRECT = "https://app.example/callback";
    public static final String LOOPBACK = "http://127.0.0.1:3000/callback";

    /** Where apps want to be after a sign-out. */
    public static final String SIGNED_OUT = "https://app.example/signed-out";

    /** From where their pages call. */
    public static final String ORIGIN = "https://app.example";

    public static final AppId APP = AppId.next();

    /** Of the same tenant. */
    public static final AppId SISTER = AppId.next();

    /** Of another tenant. */
    public static final AppId STRANGER = AppId.next();

    /** Without a secret, on the user's own machine. */
    public static final AppId PUBLIC = AppId.next();

    /** Lets no stranger in. */
    public static final AppId CLOSED = AppId.next();

    /** Its links work in the asking browser alone. */
    public static final AppId STRICT = AppId.next();

    /** Its links work in any browser. */
    public static final AppId LAX = AppId.next();

    /** Keeps the limits that an app has which says nothing. */
    public static final AppId LIMITED = AppId.next();

    public static final TestDatabase DATABASE = TestPostgres.database("auth");
    private static final String SUBJECT_KEY = KeyRing.generate("subj").substring(5);
    private static final String KEYS = KeyRing.generate("k001");

    private static final RunningAuthApi INSTANCE = new RunningAuthApi();

    private final int port = freePort();
    private final ConfigurableApplicationContext context;
    private final KeyRing ring = KeyRing.parse(KEYS);

    private RunningAuthApi() {
        context = start(port, "node-1", List.of());
        // All tests are one network: more than people would ask for on our own pages.
        context.getBean(BuiltInApps.class).of("default").block();
        TestRows.update(
                "UPDATE auth.app SET network_limits = '{120/5m}', version = version + 1"
                        + " WHERE built_in");
    }

    public static RunningAuthApi get() {
        return INSTANCE;
    }

    /** Another node of the same installation; the caller closes it. */
    public ConfigurableApplicationContext startNode(
            int otherPort, String node, String... settings) {
        return start(otherPort, node, List.of(settings));
    }

    /** Another node, whose clock is not the database's; the caller closes it. */
    public ConfigurableApplicationContext startNode(
            int otherPort, String node, InstantSource clock) {
        return start(
                AuthApiApplication.application()
                        .initializers(
                                context ->
                                        ((GenericApplicationContext) context)
                                                .registerBean(
                                                        "wrongClock",
                                                        InstantSource.class,
                                                        () -> clock,
                                                        bean -> bean.setPrimary(true))),
                otherPort,
                node,
                List.of());
    }

    private ConfigurableApplicationContext start(
            int serverPort, String node, List<String> settings) {
        return start(AuthApiApplication.application(), serverPort, node, settings);
    }

    private ConfigurableApplicationContext start(
            SpringApplicationBuilder application,
            int serverPort,
            String node,
            List<String> settings) {
        var arguments =
                new ArrayList<>(
                        List.of(
                                "--server.port=" + serverPort,
                                "--latchkey.public-url=http://localhost:" + port,
                                "--latchkey.keys=" + KEYS,
                                "--latchkey.subject-key=" + SUBJECT_KEY,
                                "--latchkey.admin-token=" + ADMIN_TOKEN,
                                "--latchkey.node=" + node,
                                "--spring.r2dbc.url=" + DATABASE.r2dbcUrl(),
                                "--spring.r2dbc.username=" + DATABASE.username(),
                                "--spring.r2dbc.password=" + DATABASE.password(),
                                "--spring.kafka.bootstrap-servers="
                                        + TestKafka.bootstrapServers()));
        app(
                arguments,
                0,
                APP,
                "default",
                "Test <App>",
                "post-logout-redirect-uris[0]=" + SIGNED_OUT,
                "allowed-origins[0]=" + ORIGIN);
        app(
                arguments,
                1,
                SISTER,
                "default",
                "Sister App",
                "color=#ffcc00",
                "post-logout-redirect-uris[0]=https://sister.example/?from=logout",
                "allowed-origins[0]=https://sister.example");
        app(arguments, 2, STRANGER, "elsewhere", "Strange App");
        app(arguments, 3, CLOSED, "members", "Closed App", "sign-up-open=false");
        app(arguments, 4, STRICT, "default", "Strict App", "same-browser=required");
        app(arguments, 5, LAX, "default", "Lax App", "same-browser=off");
        app(
                arguments,
                6,
                PUBLIC,
                "default",
                "Public App",
                "type=public",
                "post-logout-redirect-uris[0]=" + SIGNED_OUT,
                "allowed-origins[0]=" + ORIGIN);
        app(arguments, 7, LIMITED, "limited", "Limited App");
        // Given twice, a setting would be a list.
        arguments.removeIf(a -> settings.stream().anyMatch(s -> s.startsWith(name(a))));
        arguments.addAll(settings);
        return application.run(arguments.toArray(String[]::new));
    }

    private static void app(
            List<String> arguments,
            int n,
            AppId id,
            String tenant,
            String name,
            String... settings) {
        var prefix = "--latchkey.app.configured[" + n + "].";
        arguments.add(prefix + "client-id=" + id);
        if (!id.equals(PUBLIC)) {
            arguments.add(prefix + "client-secret=" + SECRET);
        }
        arguments.add(prefix + "tenant=" + tenant);
        arguments.add(prefix + "name=" + name);
        arguments.add(prefix + "redirect-uris[0]=" + REDIRECT);
        arguments.add(prefix + "redirect-uris[1]=http://localhost:3000/?from=mail");
        arguments.add(prefix + "redirect-uris[2]=" + LOOPBACK);
        arguments.add(prefix + "scopes[0]=audit.read");
        if (!id.equals(LIMITED)) {
            arguments.add(prefix + "limits.address[0]=100000/1s");
            arguments.add(prefix + "limits.network[0]=100000/1s");
        }
        for (var setting : settings) {
            arguments.add(prefix + setting);
        }
    }

    private static String name(String argument) {
        return argument.substring(0, argument.indexOf('=') + 1);
    }

    public String url() {
        return "http://localhost:" + port;
    }

    /** The value of the ring, a secret. */
    public static String keys() {
        return KEYS;
    }

    public KeyRing ring() {
        return ring;
    }

    public SubjectKey subjects() {
        return SubjectKey.parse(SUBJECT_KEY);
    }

    /** Everything that a log or a dump must not show. */
    public static List<String> secrets() {
        return List.of(
                SECRET,
                ADMIN_TOKEN,
                SUBJECT_KEY,
                KEYS.substring(5),
                KeyRing.parse(KEYS).formatMailKeys());
    }

    public <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
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
