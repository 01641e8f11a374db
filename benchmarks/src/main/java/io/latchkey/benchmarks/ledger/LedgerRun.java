package io.latchkey.benchmarks.ledger;

import io.latchkey.benchmarks.Arguments;
import io.latchkey.benchmarks.Report;
import io.latchkey.benchmarks.mails.WorkerProcess;
import io.latchkey.benchmarks.smtp.Relay;
import io.latchkey.benchmarks.stack.Servers;
import io.latchkey.benchmarks.stack.ServiceProcess;
import io.latchkey.events.secret.MailKeyRing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Mixed operations while processes are killed at random: two nodes of auth-api, three workers, two
 * audit-consumers. Afterwards the ledger of what was done is compared with the audit trail, type by
 * type; the trail with what Kafka has, event by event; and the trail's log is verified.
 *
 * <p>{@code --people} (2600; four operations each), {@code --at-once} (16), {@code --between-kills}
 * (15 s), {@code --seed} of the kills.
 */
public final class LedgerRun {
    private static final int AUTH = 48_080;
    private static final int AUDIT = 48_082;
    private static final int NODES = 2;
    private static final int WORKERS = 3;
    private static final int STEP = 100;
    private static final Duration CATCHING_UP = Duration.ofMinutes(3);

    private final Arguments arguments;
    private final Report report;
    private final Random random;
    private final List<ServiceProcess> auth = new ArrayList<>();
    private final List<ServiceProcess> audit = new ArrayList<>();
    private final List<WorkerProcess> workers = new ArrayList<>();
    private final Map<String, Integer> mails = new ConcurrentHashMap<>();
    private final Map<String, Integer> kills = new ConcurrentHashMap<>();

    public LedgerRun(Arguments arguments, Report report) {
        this.arguments = arguments;
        this.report = report;
        this.random = new Random(arguments.number("seed", 1));
    }

    /** Whether ledger, trail and Kafka agree. */
    public boolean run() throws Exception {
        report.machine();
        var ledger = new Ledger();
        try (var servers = new Servers();
                var relay = new Relay(new Mails())) {
            servers.start();
            try {
                startAll(servers, relay);
                live(servers, relay, ledger);
                return compare(servers, ledger);
            } finally {
                workers.forEach(WorkerProcess::close);
                auth.forEach(ServiceProcess::close);
                audit.forEach(ServiceProcess::close);
            }
        }
    }

    private final class Mails implements Relay.Mailboxes {
        @Override
        public Duration delay(String recipient) {
            return Duration.ZERO;
        }

        @Override
        public void taken(String recipient, String messageId) {
            mails.merge(recipient, 1, Integer::sum);
        }
    }

    private void startAll(Servers servers, Relay relay) throws IOException, InterruptedException {
        for (int i = 0; i < NODES; i++) {
            auth.add(authApi(servers, i));
            auth.get(i).awaitReady();
            audit.add(auditConsumer(servers, i));
            audit.get(i).awaitReady();
        }
        for (int i = 0; i < WORKERS; i++) {
            workers.add(worker(servers, relay));
        }
        for (var worker : workers) {
            worker.awaitReady();
        }
    }

    private static ServiceProcess authApi(Servers servers, int node) throws IOException {
        return servers.authApi(jar("auth-api"), AUTH + node * STEP, AUTH);
    }

    private static ServiceProcess auditConsumer(Servers servers, int node) throws IOException {
        return servers.auditConsumer(jar("audit-consumer"), AUDIT + node * STEP, AUTH);
    }

    private static WorkerProcess worker(Servers servers, Relay relay) throws IOException {
        return servers.worker(jar("mail-worker"), relay.port());
    }

    private static String jar(String service) {
        return "%1$s/target/%1$s-0.1.0-SNAPSHOT-exec.jar".formatted(service);
    }

    private void live(Servers servers, Relay relay, Ledger ledger) throws Exception {
        var count = arguments.number("people", 2600);
        var atOnce = arguments.number("at-once", 16);
        var nodes = auth.stream().map(node -> node.at("/")).toList();
        try (var api = new Api(nodes, servers.clientAuthorization());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var ring = MailKeyRing.parse(servers.secret("LATCHKEY_MAIL_KEYS"));
            var people = new People(api, ledger, ring, mails::containsKey);
            var next = new AtomicInteger();
            var lives = new ArrayList<Future<?>>();
            for (int i = 0; i < atOnce; i++) {
                lives.add(
                        threads.submit(
                                () -> {
                                    for (int n = next.getAndIncrement();
                                            n < count;
                                            n = next.getAndIncrement()) {
                                        people.live(n);
                                    }
                                    return null;
                                }));
            }
            var pause = Duration.ofSeconds(arguments.number("between-kills", 15));
            while (!lives.stream().allMatch(Future::isDone)) {
                TimeUnit.MILLISECONDS.sleep(pause.toMillis());
                killOne(servers, relay);
                report.line(ledger.operations() + " operations, killed so far " + kills);
            }
            await(lives);
            report.line("asked again " + api.repeated());
        }
    }

    private static void await(List<Future<?>> lives)
            throws InterruptedException, ExecutionException {
        for (var life : lives) {
            var _ = life.get();
        }
    }

    private void killOne(Servers servers, Relay relay) throws IOException, InterruptedException {
        var which = random.nextInt(NODES + NODES + WORKERS);
        if (which < NODES) {
            auth.get(which).kill();
            auth.set(which, authApi(servers, which));
            kills.merge("auth-api", 1, Integer::sum);
        } else if (which < NODES + NODES) {
            var node = which - NODES;
            audit.get(node).kill();
            audit.set(node, auditConsumer(servers, node));
            kills.merge("audit-consumer", 1, Integer::sum);
        } else {
            var worker = which - NODES - NODES;
            workers.get(worker).kill();
            workers.set(worker, worker(servers, relay));
            kills.merge("mail-worker", 1, Integer::sum);
        }
    }

    private boolean compare(Servers servers, Ledger ledger) throws Exception {
        for (var node : audit) {
            node.awaitReady();
        }
        var token = servers.secret("LATCHKEY_AUDIT_TOKEN");
        var export = audit.getFirst().at("/api/v1/audit/export?format=ndjson&order=asc");
        var end = System.nanoTime() + CATCHING_UP.toNanos();
        var published = Published.read(servers.bootstrapServers());
        var trail = Trail.read(export, token);
        // Orders whose worker was killed are mailed again, and said to be mailed, a while later.
        while (System.nanoTime() < end && !agree(ledger, trail, published)) {
            TimeUnit.SECONDS.sleep(5);
            published = Published.read(servers.bootstrapServers());
            trail = Trail.read(export, token);
        }
        report(ledger, trail, published);
        var isVerified = verified(token);
        return agree(ledger, trail, published) && isVerified;
    }

    private static boolean agree(Ledger ledger, Trail trail, Map<String, String> published) {
        return ledger.types().stream().allMatch(type -> ledger.agrees(type, count(trail, type)))
                && trail.mailedLinks() == ledger.done("LinkRequested")
                && trail.events().entrySet().containsAll(published.entrySet())
                && unpublished(trail, published).isEmpty();
    }

    private static int count(Trail trail, String type) {
        return trail.types().getOrDefault(type, 0);
    }

    /** What the trail has and Kafka has not, but for the reading of the trail itself. */
    private static Set<String> unpublished(Trail trail, Map<String, String> published) {
        var events = new HashSet<>(trail.events().keySet());
        events.removeAll(published.keySet());
        events.removeIf(id -> "AdminActed".equals(trail.events().get(id)));
        return events;
    }

    private void report(Ledger ledger, Trail trail, Map<String, String> published) {
        report.line(
                ledger.operations()
                        + " operations; kills "
                        + kills
                        + "; events "
                        + trail.events().size());
        for (var type : ledger.types()) {
            report.line(
                    String.format(
                            Locale.ROOT,
                            "%-22s ledger %6d%s  trail %6d  %s",
                            type,
                            ledger.done(type),
                            ledger.perhapsMore(type) == 0
                                    ? ""
                                    : " to " + (ledger.done(type) + ledger.perhapsMore(type)),
                            count(trail, type),
                            ledger.agrees(type, count(trail, type)) ? "=" : "DIFFERS"));
        }
        report.line(
                "links mailed: ledger "
                        + ledger.done("LinkRequested")
                        + ", trail "
                        + trail.mailedLinks()
                        + "; mails taken "
                        + mails.values().stream().mapToInt(Integer::intValue).sum()
                        + ", MailSent "
                        + count(trail, "MailSent"));
        var missing = new HashSet<>(published.keySet());
        missing.removeAll(trail.events().keySet());
        report.line(
                "on Kafka "
                        + published.size()
                        + ", of them not in the trail "
                        + missing.size()
                        + "; in the trail alone "
                        + unpublished(trail, published).size());
        report.line("all types: " + trail.types());
    }

    /** By the command that anybody would use. */
    private boolean verified(String token) throws IOException, InterruptedException {
        var builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        jar("audit-consumer"),
                        "verify",
                        "--url=" + audit.getFirst().at("/"));
        builder.environment().put("LATCHKEY_AUDIT_TOKEN", token);
        return builder.inheritIO().start().waitFor() == 0;
    }
}
