package io.latchkey.benchmarks.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * PostgreSQL and Kafka as containers, and services as processes, with the secrets that {@code
 * compose/env} makes. Runs in the project's directory; needs Docker.
 */
public final class Servers implements AutoCloseable {
    private static final int DATABASE_PORT = 15_432;
    private static final int KAFKA_PORT = 19_092;
    private static final int CONTROLLER_PORT = 19_093;
    private static final String DATABASE = "latchkey-chaos-postgres";
    private static final String KAFKA = "latchkey-chaos-kafka";

    private final Map<String, String> secrets;

    public Servers() throws IOException, InterruptedException {
        secrets = secrets();
    }

    private static Map<String, String> secrets() throws IOException, InterruptedException {
        var file = Files.createTempDirectory("latchkey-chaos").resolve("env");
        run(Map.of(), "./compose/env", file.toString());
        var secrets = new HashMap<String, String>();
        for (var line : Files.readAllLines(file)) {
            var sign = line.indexOf('=');
            if (sign > 0 && !line.startsWith("#")) {
                secrets.put(line.substring(0, sign), line.substring(sign + 1));
            }
        }
        return secrets;
    }

    public String secret(String name) {
        var value = secrets.get(name);
        if (value == null) {
            throw new IllegalStateException("compose/env made no " + name);
        }
        return value;
    }

    public String bootstrapServers() {
        return "localhost:" + KAFKA_PORT;
    }

    /** As the API wants it: the app that {@link #authApi} makes. */
    public String clientAuthorization() {
        var pair = secret("LATCHKEY_DEMO_CLIENT_ID") + ":" + secret("LATCHKEY_DEMO_CLIENT_SECRET");
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /** The database and the broker. */
    public void start() throws IOException, InterruptedException {
        startDatabase();
        startKafka();
    }

    private void startDatabase() throws IOException, InterruptedException {
        var environment = new HashMap<>(secrets);
        environment.put("POSTGRES_PASSWORD", secret("LATCHKEY_DATABASE_ADMIN_PASSWORD"));
        var scripts = Path.of("compose", "postgres").toAbsolutePath();
        run(
                environment,
                ("docker run --detach --name %s --user postgres --shm-size 128m"
                                + " --publish 127.0.0.1:%d:5432 --env POSTGRES_DB=latchkey"
                                + " --env POSTGRES_PASSWORD --env LATCHKEY_DATABASE_AUTH_PASSWORD"
                                + " --env LATCHKEY_DATABASE_AUDIT_PASSWORD"
                                + " --volume %s:/docker-entrypoint-initdb.d:ro postgres:18")
                        .formatted(DATABASE, DATABASE_PORT, scripts)
                        .split(" "));
    }

    private void startKafka() throws IOException, InterruptedException {
        var command =
                new ArrayList<>(
                        List.of("docker", "run", "--detach", "--name", KAFKA, "--network", "host"));
        kafkaSettings()
                .forEach((name, value) -> command.addAll(List.of("--env", name + "=" + value)));
        command.add("apache/kafka:4.2.2");
        run(Map.of(), command.toArray(String[]::new));
    }

    private static Map<String, String> kafkaSettings() {
        return Map.ofEntries(
                Map.entry("KAFKA_NODE_ID", "1"),
                Map.entry("KAFKA_PROCESS_ROLES", "broker,controller"),
                Map.entry("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@localhost:" + CONTROLLER_PORT),
                Map.entry(
                        "KAFKA_LISTENERS",
                        "PLAINTEXT://localhost:%d,CONTROLLER://localhost:%d"
                                .formatted(KAFKA_PORT, CONTROLLER_PORT)),
                Map.entry("KAFKA_ADVERTISED_LISTENERS", "PLAINTEXT://localhost:" + KAFKA_PORT),
                Map.entry(
                        "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP",
                        "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER"),
                Map.entry("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false"),
                Map.entry("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "1"),
                Map.entry("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1"),
                Map.entry("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "1"),
                Map.entry("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR", "1"),
                Map.entry("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR", "1"),
                // Who was killed is a member for another 45 s.
                Map.entry("KAFKA_GROUP_SHARE_MAX_SIZE", "1000"),
                Map.entry("KAFKA_GROUP_SHARE_DELIVERY_COUNT_LIMIT", "10"),
                Map.entry("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0"),
                Map.entry("KAFKA_HEAP_OPTS", "-Xms256m -Xmx768m"));
    }

    /** One of any number; all have the public URL of the one at {@code publicPort}. */
    public ServiceProcess authApi(String jar, int port, int publicPort) throws IOException {
        var settings = settings("auth", "LATCHKEY_KEYS", "LATCHKEY_ADMIN_TOKEN");
        settings.put("LATCHKEY_PUBLIC_URL", "http://localhost:" + publicPort);
        var app = "LATCHKEY_APP_CONFIGURED_0_";
        settings.put(app + "CLIENTID", secret("LATCHKEY_DEMO_CLIENT_ID"));
        settings.put(app + "CLIENTSECRET", secret("LATCHKEY_DEMO_CLIENT_SECRET"));
        settings.put(app + "NAME", "Benchmarks");
        settings.put(app + "REDIRECTURIS_0", "http://localhost:3000/callback");
        return new ServiceProcess(jar, port, settings);
    }

    /** One of any number; believes the tokens of the auth-api at {@code issuerPort}. */
    public ServiceProcess auditConsumer(String jar, int port, int issuerPort) throws IOException {
        var settings = settings("audit", "LATCHKEY_AUDIT_TOKEN", "LATCHKEY_CHECKPOINT_KEY");
        settings.put("LATCHKEY_PUBLIC_URL", "http://localhost:" + issuerPort);
        return new ServiceProcess(jar, port, settings);
    }

    private Map<String, String> settings(String schema, String... names) {
        var settings = new HashMap<String, String>();
        for (var name : names) {
            settings.put(name, secret(name));
        }
        settings.put("LATCHKEY_SUBJECT_KEY", secret("LATCHKEY_SUBJECT_KEY"));
        settings.put("SPRING_KAFKA_BOOTSTRAP_SERVERS", bootstrapServers());
        settings.put(
                "SPRING_R2DBC_URL", "r2dbc:postgresql://localhost:" + DATABASE_PORT + "/latchkey");
        settings.put("SPRING_R2DBC_USERNAME", "latchkey_" + schema);
        settings.put(
                "SPRING_R2DBC_PASSWORD",
                secret("LATCHKEY_DATABASE_" + schema.toUpperCase(Locale.ROOT) + "_PASSWORD"));
        return settings;
    }

    public WorkerProcess worker(String jar, int relayPort) throws IOException {
        // Starting all the time, they would leave no processor to a small machine's API.
        return new WorkerProcess(
                List.of("nice"),
                jar,
                List.of(
                        "--spring.kafka.bootstrap-servers=" + bootstrapServers(),
                        "--spring.mail.host=127.0.0.1",
                        "--spring.mail.port=" + relayPort,
                        "--server.port=0",
                        "--latchkey.mail.concurrency=24",
                        "--latchkey.mail.retry-concurrency=12",
                        "--latchkey.mail.from=no-reply@login.example",
                        "--latchkey.mail-admin-token=" + secret("LATCHKEY_MAIL_ADMIN_TOKEN"),
                        "--latchkey.mail-keys=" + secret("LATCHKEY_MAIL_KEYS")));
    }

    public void stopKafka() throws IOException, InterruptedException {
        run(Map.of(), "docker", "stop", "--time", "20", KAFKA);
    }

    public void startKafkaAgain() throws IOException, InterruptedException {
        run(Map.of(), "docker", "start", KAFKA);
    }

    private static void run(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(
                    String.join(" ", Arrays.asList(command).subList(0, 2)) + ": " + output);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            run(Map.of(), "docker", "rm", "--force", "--volumes", DATABASE, KAFKA);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
