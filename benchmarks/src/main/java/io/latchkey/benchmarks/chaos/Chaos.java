package io.latchkey.benchmarks.chaos;

import io.latchkey.benchmarks.Arguments;
import io.latchkey.benchmarks.Report;
import io.latchkey.benchmarks.smtp.Relay;
import io.latchkey.benchmarks.stack.Servers;
import io.latchkey.benchmarks.stack.WorkerProcess;
import io.latchkey.events.LinkId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Links at a steady rate while three workers are killed at random, the relay goes away twice, and
 * Kafka once; then what the books say. Fails where a link has no end or two of them, a mail came
 * twice with another Message-ID or more often than mails were in flight at the kills, or an order
 * was published twice.
 *
 * <p>{@code --links} (2000), {@code --rate} (50 a second), {@code --kafka-away} (300 s), {@code
 * --seed} of the kills, {@code --worker} and {@code --auth-api} (their jars).
 */
public final class Chaos {
    private static final int WORKERS = 3;
    private static final int AUTH_PORT = 18_080;
    private static final Duration BETWEEN_KILLS = Duration.ofSeconds(5);
    private static final Duration RELAY_AWAY = Duration.ofSeconds(5);
    private static final Duration KILLS_AFTERWARDS = Duration.ofSeconds(30);
    private static final Duration LONGEST_END = Duration.ofMinutes(10);
    private final Arguments arguments;
    private final Report report;
    private final Random random;
    private final Inboxes inboxes = new Inboxes();
    private final List<WorkerProcess> workers = new ArrayList<>();
    private int kills;
    private int inFlightAtKills;

    public Chaos(Arguments arguments, Report report) {
        this.arguments = arguments;
        this.report = report;
        this.random = new Random(arguments.number("seed", 1));
    }

    /** Whether the books balance. */
    public boolean run() throws Exception {
        report.machine();
        try (var servers = new Servers();
                var relay = new Relay(inboxes);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            servers.start();
            var authApi = servers.authApi(jar("auth-api"), AUTH_PORT, AUTH_PORT);
            authApi.awaitReady();
            for (int i = 0; i < WORKERS; i++) {
                workers.add(worker(servers, relay));
            }
            for (var worker : workers) {
                worker.awaitReady();
            }
            try (var books = new Books(servers.bootstrapServers())) {
                var requests =
                        new LinkRequests(
                                authApi.at("/api/v1/links"), servers.clientAuthorization());
                rage(servers, relay, books, requests, threads);
                awaitEnd(books, requests);
                return balance(books, requests);
            } finally {
                workers.forEach(WorkerProcess::close);
                authApi.close();
            }
        }
    }

    private void rage(
            Servers servers,
            Relay relay,
            Books books,
            LinkRequests requests,
            ExecutorService threads)
            throws Exception {
        var links = arguments.number("links", 2000);
        var rate = arguments.number("rate", 50);
        var asking = threads.submit(() -> requests.askFor(links, rate));
        var outages = threads.submit(() -> outages(servers, relay, links / rate));
        while (!asking.isDone() || !outages.isDone()) {
            TimeUnit.MILLISECONDS.sleep(BETWEEN_KILLS.toMillis());
            kill(servers, relay, books, requests);
        }
        for (int i = 0; i < KILLS_AFTERWARDS.dividedBy(BETWEEN_KILLS); i++) {
            TimeUnit.MILLISECONDS.sleep(BETWEEN_KILLS.toMillis());
            kill(servers, relay, books, requests);
        }
        get(asking);
        get(outages);
        report.line(
                "accepted "
                        + requests.accepted().size()
                        + ", refused "
                        + requests.refused()
                        + ", asked again "
                        + requests.repeated());
    }

    private static void get(Future<?> future) throws Exception {
        var _ = future.get();
    }

    /** The relay in the first and the third quarter of the load, Kafka in the last. */
    private Void outages(Servers servers, Relay relay, int seconds)
            throws IOException, InterruptedException {
        var quarter = Duration.ofSeconds(seconds).dividedBy(4);
        for (int i = 0; i < 2; i++) {
            sleep(quarter);
            relay.goAway();
            report.line("the relay is away");
            sleep(RELAY_AWAY);
            relay.comeBack();
            sleep(quarter.minus(RELAY_AWAY).plusSeconds(1));
        }
        servers.stopKafka();
        report.line("Kafka is away");
        sleep(Duration.ofSeconds(arguments.number("kafka-away", 300)));
        servers.startKafkaAgain();
        report.line("Kafka is back");
        return null;
    }

    private static void sleep(Duration time) throws InterruptedException {
        if (time.isPositive()) {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        }
    }

    private void kill(Servers servers, Relay relay, Books books, LinkRequests requests)
            throws IOException {
        var which = random.nextInt(WORKERS);
        workers.get(which).kill();
        // Of all workers: whose they are is not known here.
        inFlightAtKills +=
                (int)
                        requests.accepted().entrySet().stream()
                                .filter(link -> inboxes.isBegun(link.getValue()))
                                .filter(link -> !books.isOver(link.getKey()))
                                .count();
        kills++;
        workers.set(which, worker(servers, relay));
    }

    private void awaitEnd(Books books, LinkRequests requests) throws InterruptedException {
        var end = System.nanoTime() + LONGEST_END.toNanos();
        while (System.nanoTime() < end
                && !requests.accepted().keySet().stream().allMatch(books::isOver)) {
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private boolean balance(Books books, LinkRequests requests) {
        var links = requests.accepted();
        var mailed = count(links.keySet(), books::isMailed);
        var abandoned = count(links.keySet(), books::isAbandoned);
        var without = count(links.keySet(), link -> !books.isOver(link));
        var both = count(links.keySet(), l -> books.isMailed(l) && books.isAbandoned(l));
        var lost =
                count(
                        links.keySet(),
                        l -> books.isMailed(l) && !inboxes.taken().containsKey(links.get(l)));
        var orderedTwice = count(links.keySet(), link -> books.orders(link) != 1);
        var repeats = inboxes.taken().values().stream().mapToLong(ids -> ids.size() - 1).sum();
        var renamed =
                inboxes.taken().values().stream()
                        .filter(ids -> new HashSet<>(ids).size() > 1)
                        .count();
        report.line("kills " + kills + ", mails in flight then " + inFlightAtKills);
        report.line("mailed " + mailed + ", abandoned " + abandoned + ", without end " + without);
        report.line("both mailed and abandoned " + both + ", mailed but not taken " + lost);
        report.line("repeated mails " + repeats + ", with another Message-ID " + renamed);
        report.line("orders not published exactly once " + orderedTwice);
        return without == 0
                && both == 0
                && lost == 0
                && orderedTwice == 0
                && renamed == 0
                && repeats <= inFlightAtKills;
    }

    private static long count(Iterable<LinkId> links, Predicate<LinkId> which) {
        var count = 0L;
        for (var link : links) {
            count += which.test(link) ? 1 : 0;
        }
        return count;
    }

    private WorkerProcess worker(Servers servers, Relay relay) throws IOException {
        return servers.worker(jar("mail-worker"), relay.port());
    }

    private String jar(String service) {
        return arguments.text(
                service.equals("auth-api") ? "auth-api" : "worker",
                "%1$s/target/%1$s-0.1.0-SNAPSHOT-exec.jar".formatted(service));
    }
}
