package io.latchkey.standalone;

import io.latchkey.audit.AuditConsumerApplication;
import io.latchkey.auth.AuthApiApplication;
import io.latchkey.mail.MailWorkerApplication;
import io.latchkey.standalone.LoopbackPorts.Listener;
import io.latchkey.standalone.inbox.Inbox;
import io.latchkey.standalone.inbox.InboxApplication;
import io.latchkey.standalone.inbox.Tour;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * The three services and the infrastructure they need, in one process. Each service is the Spring
 * context that it is when it runs alone.
 */
final class Standalone implements AutoCloseable {
    private static final String ENDPOINTS_FILE = "endpoints.json";

    private final Home home;
    private final Settings settings;
    private final Map<Listener, Integer> ports;
    private final Secrets secrets;
    private final ServiceSettings services;
    private final Inbox inbox = new Inbox(InstantSource.system());
    private final Parts parts = new Parts();

    /**
     * @param home is closed with the standalone
     * @throws StartFailure if a port is taken or a key cannot be read
     */
    Standalone(Home home, Settings settings) {
        this.home = home;
        this.settings = settings;
        ports = LoopbackPorts.choose(wantedPorts(settings));
        secrets = Secrets.load(NamedValues.read(home, "keys"), settings.environment());
        services = new ServiceSettings(settings, secrets, ports);
    }

    private static Map<Listener, Integer> wantedPorts(Settings settings) {
        var standalone = settings.standalone();
        var wanted = new EnumMap<Listener, Integer>(Listener.class);
        wanted.put(Listener.AUTH_API, standalone.authPort());
        wanted.put(Listener.MAIL_WORKER, standalone.mailPort());
        wanted.put(Listener.AUDIT_CONSUMER, standalone.auditPort());
        wanted.put(Listener.INBOX, standalone.inboxPort());
        if (settings.mailHost().isEmpty()) {
            wanted.put(Listener.SMTP, standalone.smtpPort());
        }
        return wanted;
    }

    /**
     * Returns when every service says that it is ready, and the endpoints are written down.
     *
     * @throws StartFailure if a part does not start; those that did are still to be closed
     */
    void start() {
        forgetEndpoints();
        var infrastructure =
                Infrastructure.start(
                        parts,
                        home,
                        settings,
                        secrets.database(),
                        inbox,
                        ports.getOrDefault(Listener.SMTP, 0));
        var database = infrastructure.authDatabase();
        var auditDatabase = infrastructure.auditDatabase();
        var kafka = infrastructure.kafka();
        var relay = infrastructure.relay();
        Parts.await(
                parts.start(Part.INBOX, () -> run(inboxApplication(), services.inbox())),
                parts.start(
                        Part.AUTH_API,
                        () ->
                                run(
                                        AuthApiApplication.application(),
                                        services.auth(database.join(), kafka.join())),
                        database,
                        kafka),
                parts.start(
                        Part.MAIL_WORKER,
                        () ->
                                run(
                                        MailWorkerApplication.application()
                                                .properties(ServiceSettings.MAIL_DEFAULTS),
                                        services.mail(kafka.join(), relay.join())),
                        kafka,
                        relay),
                parts.start(
                        Part.AUDIT_CONSUMER,
                        () ->
                                run(
                                        AuditConsumerApplication.application(),
                                        services.audit(auditDatabase.join(), kafka.join())),
                        auditDatabase,
                        kafka));
        Readiness.await(List.of(authUrl(), mailUrl(), auditUrl()));
        home.write(ENDPOINTS_FILE, endpoints(infrastructure).toJson());
    }

    /** Whoever waits for the file must not find that of the last run. */
    private void forgetEndpoints() {
        try {
            Files.deleteIfExists(home.resolve(ENDPOINTS_FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SpringApplicationBuilder inboxApplication() {
        return InboxApplication.application(
                inbox, new Tour(home.resolve("keys"), authUrl(), auditUrl(), DemoApp.REDIRECT_URI));
    }

    /** What the standalone decides comes before all else: it has read the same settings itself. */
    private ConfigurableApplicationContext run(
            SpringApplicationBuilder application, Map<String, Object> ours) {
        return application
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .listeners(new EarlySettings(ours, settings.files()))
                .run(settings.arguments());
    }

    private Endpoints endpoints(Infrastructure infrastructure) {
        return new Endpoints(
                infrastructure
                        .kafka()
                        .join()
                        .getOrDefault(
                                "spring.kafka.bootstrap-servers",
                                settings.kafkaBootstrapServers().orElse("")),
                infrastructure
                        .authDatabase()
                        .join()
                        .getOrDefault("spring.r2dbc.url", settings.r2dbcUrl().orElse("")),
                authUrl(),
                mailUrl(),
                auditUrl(),
                inboxUrl(),
                ports.getOrDefault(Listener.SMTP, settings.mailPort()),
                secrets.adminToken(),
                secrets.mailAdminToken(),
                secrets.auditToken(),
                secrets.demoClientId().toString(),
                secrets.demoClientSecret(),
                Endpoints.vendors(secrets.vendors()));
    }

    String authUrl() {
        return services.url(Listener.AUTH_API);
    }

    String mailUrl() {
        return services.url(Listener.MAIL_WORKER);
    }

    String auditUrl() {
        return services.url(Listener.AUDIT_CONSUMER);
    }

    String inboxUrl() {
        return services.url(Listener.INBOX);
    }

    Secrets secrets() {
        return secrets;
    }

    Parts parts() {
        return parts;
    }

    /** Stops everything within 30 s and gives the home free. Idempotent. */
    @Override
    public void close() {
        parts.close();
        try {
            home.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Settings that are there before the service's own code runs: it may check them at once. */
    private record EarlySettings(Map<String, Object> settings, List<PropertySource<?>> files)
            implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {
        @Override
        public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
            var sources = event.getEnvironment().getPropertySources();
            sources.addFirst(new MapPropertySource("standalone", settings));
            // After the environment, before the file that the service brings.
            for (var file : files.reversed()) {
                sources.addAfter(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, file);
            }
        }
    }
}
