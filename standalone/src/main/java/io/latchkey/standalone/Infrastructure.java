package io.latchkey.standalone;

import io.latchkey.standalone.EmbeddedPostgres.Role;
import io.latchkey.standalone.inbox.Inbox;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * PostgreSQL, Kafka and the mail relay: embedded ones, or those that the user's settings name. Each
 * future completes when its part answers, with the settings that lead a service to it; empty where
 * the service finds them in the user's settings itself.
 */
record Infrastructure(
        CompletableFuture<Map<String, String>> authDatabase,
        CompletableFuture<Map<String, String>> auditDatabase,
        CompletableFuture<Map<String, String>> kafka,
        CompletableFuture<Map<String, String>> relay) {
    private static final CompletableFuture<Map<String, String>> OUTSIDE =
            CompletableFuture.completedFuture(Map.of());

    /** Begins to start what is not replaced. */
    static Infrastructure start(
            Parts parts,
            Home home,
            Settings settings,
            Secrets.DatabasePasswords passwords,
            Inbox inbox,
            int smtpPort) {
        var auth = new Role("latchkey_auth", "auth", passwords.auth());
        var audit = new Role("latchkey_audit", "audit", passwords.audit());
        var kafka = settings.kafkaBootstrapServers().isPresent() ? OUTSIDE : kafka(parts, home);
        var relay = settings.mailHost().isPresent() ? OUTSIDE : relay(parts, smtpPort, inbox);
        if (settings.r2dbcUrl().isPresent()) {
            return new Infrastructure(OUTSIDE, OUTSIDE, kafka, relay);
        }
        var postgres =
                parts.start(
                        Part.POSTGRES,
                        () ->
                                EmbeddedPostgres.start(
                                        home, passwords.administrator(), List.of(auth, audit)));
        return new Infrastructure(
                postgres.thenApply(server -> database(server, auth)),
                postgres.thenApply(server -> database(server, audit)),
                kafka,
                relay);
    }

    private static Map<String, String> database(EmbeddedPostgres server, Role role) {
        return Map.of(
                "spring.r2dbc.url", server.r2dbcUrl(),
                "spring.r2dbc.username", role.name(),
                "spring.r2dbc.password", role.password());
    }

    private static CompletableFuture<Map<String, String>> kafka(Parts parts, Home home) {
        return parts.start(Part.KAFKA, () -> EmbeddedKafka.start(home))
                .thenApply(
                        broker ->
                                Map.of(
                                        "spring.kafka.bootstrap-servers",
                                        broker.bootstrapServers()));
    }

    private static CompletableFuture<Map<String, String>> relay(
            Parts parts, int port, Inbox inbox) {
        return parts.start(Part.SMTP, () -> EmbeddedSmtp.start(port, inbox))
                .thenApply(
                        _ ->
                                Map.of(
                                        "spring.mail.host",
                                        "127.0.0.1",
                                        "spring.mail.port",
                                        Integer.toString(port)));
    }
}
