package io.latchkey.benchmarks.ledger;

import io.latchkey.benchmarks.Arguments;
import io.latchkey.benchmarks.Report;
import io.latchkey.benchmarks.smtp.Relay;
import io.latchkey.benchmarks.stack.Servers;
import io.latchkey.events.secret.MailKeyRing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Mixed operations while processes are killed at random. Afterwards the ledger of what was done is
 * compared with the audit trail, type by type; the trail with what Kafka has, event by event; and
 * the trail's log is verified.
 *
 * <p>{@code --people} (2600; four operations each, on average), {@code --at-once} (48), {@code
 * --between-kills} (15 s; 0 for none), {@code --seed} of the kills.
 */
public final class LedgerRun {
    private final Arguments arguments;
    private final Report report;
    private final Map<String, Integer> mails = new ConcurrentHashMap<>();

    public LedgerRun(Arguments arguments, Report report) {
        this.arguments = arguments;
        this.report = report;
    }

    /** Whether everybody could do everything, and ledger, trail and Kafka agree. */
    public boolean run() throws Exception {
        report.machine();
        var ledger = new Ledger();
        try (var servers = new Servers();
                var relay = new Relay(new Mails())) {
            servers.start();
            try (var nodes = new Nodes(servers, relay.port())) {
                nodes.start();
                var failures = live(servers, nodes, ledger);
                nodes.awaitAuditNodes();
                report.line(ledger.operations() + " operations; kills " + nodes.kills());
                report.line("mails taken by the relay: " + total(mails));
                return new Comparison(servers, nodes.auditNode(), report).agrees(ledger)
                        && failures == 0;
            }
        }
    }

    private static int total(Map<String, Integer> numbers) {
        return numbers.values().stream().mapToInt(Integer::intValue).sum();
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

    /** How many could not do what they wanted. */
    private int live(Servers servers, Nodes nodes, Ledger ledger) throws Exception {
        var failures = new AtomicInteger();
        try (var api = new Api(nodes.authNodes(), servers.clientAuthorization());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var ring = MailKeyRing.parse(servers.secret("LATCHKEY_MAIL_KEYS"));
            var people = new People(api, ledger, ring, mails::containsKey);
            var next = new AtomicInteger();
            var lives = new ArrayList<Future<?>>();
            for (int i = 0; i < arguments.number("at-once", 48); i++) {
                lives.add(threads.submit(() -> liveOneByOne(people, next, failures)));
            }
            killUntilDone(nodes, lives, ledger);
            for (var life : lives) {
                var _ = life.get();
            }
            report.line("requests sent again " + api.repeated() + "; failed lives " + failures);
        }
        return failures.get();
    }

    private void liveOneByOne(People people, AtomicInteger next, AtomicInteger failures) {
        var count = arguments.number("people", 2600);
        for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
            try {
                people.live(n);
            } catch (IllegalStateException | InterruptedException e) {
                failures.incrementAndGet();
                report.line("person " + n + ": " + e.getMessage());
            }
        }
    }

    private void killUntilDone(Nodes nodes, List<Future<?>> lives, Ledger ledger) throws Exception {
        var random = new Random(arguments.number("seed", 1));
        var between = Duration.ofSeconds(arguments.number("between-kills", 15));
        var killed = System.nanoTime();
        while (!lives.stream().allMatch(Future::isDone)) {
            TimeUnit.SECONDS.sleep(1);
            if (between.isPositive() && System.nanoTime() - killed > between.toNanos()) {
                killed = System.nanoTime();
                nodes.killOne(random);
                report.line(ledger.operations() + " operations; killed so far " + nodes.kills());
            }
        }
    }
}
