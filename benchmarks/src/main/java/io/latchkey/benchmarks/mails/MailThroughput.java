package io.latchkey.benchmarks.mails;

import io.latchkey.benchmarks.Arguments;
import io.latchkey.benchmarks.Report;
import io.latchkey.benchmarks.stack.WorkerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Mail workers of their own processes on a broker of its own, whose {@code group.share.max.size}
 * must be 300 at least and which nobody else may use.
 *
 * <p>{@code --measure} (loop, limit, scale, stalls or memory), {@code --kafka} (localhost:9092),
 * {@code --worker} (its jar), {@code --rounds} (3), {@code --mails} of a round, {@code --warm-up}
 * (so many of them do not count), {@code --at-once} of each worker and {@code --rate} where they
 * are asked for, {@code --smtp-source} (that of Postfix, to be measured beside the loop).
 */
public final class MailThroughput {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration DELAY = Duration.ofMillis(50);
    private static final int AT_ONCE = 64;
    private final Arguments arguments;
    private final Report report;
    private final Orders orders = new Orders();

    public MailThroughput(Arguments arguments, Report report) {
        this.arguments = arguments;
        this.report = report;
    }

    public void run() throws Exception {
        report.machine();
        switch (arguments.text("measure", "")) {
            case "loop" -> loop();
            case "limit" -> limit();
            case "scale" -> scale();
            case "stalls" -> stalls();
            case "memory" -> memory();
            case "bare" -> bare();
            default ->
                    throw new IllegalArgumentException(
                            "--measure (expected: loop, limit, scale, stalls or memory)");
        }
    }

    private void loop() throws Exception {
        var bare = new ArrayList<Double>();
        var worker = new ArrayList<Double>();
        var source = new ArrayList<Double>();
        var mails = arguments.number("mails", 20_000);
        for (int round = 0; round < arguments.number("rounds", 3); round++) {
            if (!smtpSource().isEmpty()) {
                source.add(sourceRate(mails));
            }
            bare.add(bareRate(mails));
            worker.add(workersRate(1, mails, Duration.ZERO, AT_ONCE));
        }
        rates("bare loop, no delay", bare);
        rates("worker on Kafka, no delay", worker);
        line("ratio of medians", "%.2f", median(worker) / median(bare));
        if (!source.isEmpty()) {
            rates("smtp-source, no delay", source);
            line("worker to smtp-source", "%.2f", median(worker) / median(source));
        }
    }

    private void limit() throws Exception {
        var rates = new ArrayList<Double>();
        for (int round = 0; round < arguments.number("rounds", 3); round++) {
            rates.add(workersRate(1, arguments.number("mails", 20_000), DELAY, AT_ONCE));
        }
        rates("worker, 50 ms a mail, 64 at once", rates);
        line("share of 1280/s", "%.2f", median(rates) / (AT_ONCE / 0.05));
    }

    private void scale() throws Exception {
        var one = new ArrayList<Double>();
        var three = new ArrayList<Double>();
        var atOnce = arguments.number("at-once", 16);
        var mails = arguments.number("mails", 8_000);
        for (int round = 0; round < arguments.number("rounds", 3); round++) {
            one.add(workersRate(1, mails, DELAY, atOnce));
            three.add(workersRate(3, mails, DELAY, atOnce));
        }
        rates("1 worker, 50 ms a mail", one);
        rates("3 workers, 50 ms a mail", three);
        line("ratio of medians", "%.2f", median(three) / median(one));
    }

    private void stalls() throws Exception {
        var rate = arguments.number("rate", 512);
        var mails = arguments.number("mails", 15_000);
        for (int round = 0; round < arguments.number("rounds", 3); round++) {
            report.percentiles("none stalls", latencies(mails, rate, 0));
            report.percentiles("1 % stall 5 s: the others", latencies(mails, rate, 100));
        }
    }

    private void memory() throws Exception {
        var mails = arguments.number("mails", 200_000);
        try (var sink = new Sink(mails, Duration.ZERO, 0, Duration.ZERO);
                var producer = producer()) {
            try (var worker = worker(sink, AT_ONCE)) {
                worker.awaitReady();
                line("resident when ready, MiB", "%.0f", (double) worker.residentMiB());
                for (int n = 0; n < mails; n++) {
                    var _ = producer.send(orders.record(n));
                    if (n % 25_000 == 0 && n > 0) {
                        awaitTaken(sink, n - 1_000);
                        line(n + " mails, MiB", "%.0f", (double) worker.residentMiB());
                    }
                }
                awaitTaken(sink, mails);
                line(mails + " mails, MiB", "%.0f", (double) worker.residentMiB());
            }
        }
    }

    /** In a process of its own, with a worker's flags. */
    private double bareRate(int mails) throws Exception {
        try (var sink = new Sink(mails, Duration.ZERO, 0, Duration.ZERO);
                var _ =
                        new WorkerProcess(
                                System.getProperty("java.class.path"),
                                List.of(
                                        "mails",
                                        "--measure=bare",
                                        "--port=" + sink.port(),
                                        "--mails=" + mails))) {
            awaitTaken(sink, mails);
            return rate(sink, mails);
        }
    }

    /** What {@link #bareRate} starts. */
    private void bare() {
        var settings = settings("127.0.0.1:9", arguments.number("port", 25), AT_ONCE);
        try (var loop = new BareLoop(settings)) {
            loop.run(orders, arguments.number("mails", 20_000), AT_ONCE);
        }
    }

    private String smtpSource() {
        return arguments.text("smtp-source", "");
    }

    /** Postfix's own load generator: no rendering, no accounts, the same sessions and sizes. */
    private double sourceRate(int mails) throws IOException, InterruptedException {
        try (var sink = new Sink(mails + 1, Duration.ZERO, 0, Duration.ZERO)) {
            var process =
                    new ProcessBuilder(
                                    smtpSource(),
                                    "-d",
                                    "-N",
                                    "-s",
                                    Integer.toString(AT_ONCE),
                                    "-m",
                                    Integer.toString(mails),
                                    "-l",
                                    "8000",
                                    "-f",
                                    "no-reply@login.example",
                                    "-t",
                                    "u@example.com",
                                    "127.0.0.1:" + sink.port())
                            .inheritIO()
                            .start();
            awaitTaken(sink, mails);
            process.destroy();
            return rate(sink, mails);
        }
    }

    /** The orders are there before the workers. */
    private double workersRate(int workers, int mails, Duration delay, int atOnce)
            throws Exception {
        try (var sink = new Sink(mails, delay, 0, Duration.ZERO)) {
            var running = new ArrayList<WorkerProcess>();
            try {
                for (int i = 0; i < workers; i++) {
                    running.add(worker(sink, atOnce));
                }
                for (var worker : running) {
                    worker.awaitReady();
                }
                produce(mails);
                awaitTaken(sink, mails);
            } finally {
                running.forEach(WorkerProcess::close);
            }
            return rate(sink, mails);
        }
    }

    private void produce(int mails) {
        try (var producer = producer()) {
            for (int n = 0; n < mails; n++) {
                var _ = producer.send(orders.record(n));
            }
        }
    }

    private double[] latencies(int mails, int rate, int stallEvery) throws Exception {
        var sent = new long[mails];
        try (var sink = new Sink(mails, DELAY, stallEvery, Duration.ofSeconds(5));
                var producer = producer();
                var worker = worker(sink, AT_ONCE)) {
            worker.awaitReady();
            var begin = System.nanoTime();
            for (int n = 0; n < mails; n++) {
                var due = begin + n * TimeUnit.SECONDS.toNanos(1) / rate;
                TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
                sent[n] = System.nanoTime();
                var _ = producer.send(orders.record(n));
            }
            awaitTaken(sink, mails);
            return IntStream.range(arguments.number("warm-up", mails / 5), mails)
                    .filter(n -> !sink.isStalled(n))
                    .mapToDouble(n -> (sink.takenNanos(n) - sent[n]) / 1e6 - DELAY.toMillis())
                    .toArray();
        }
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        arguments.text("kafka", "localhost:9092"),
                        "acks",
                        "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private WorkerProcess worker(Sink sink, int atOnce) throws IOException {
        return new WorkerProcess(
                arguments.text("worker", "mail-worker/target/mail-worker-0.1.0-SNAPSHOT-exec.jar"),
                settings(arguments.text("kafka", "localhost:9092"), sink.port(), atOnce));
    }

    private List<String> settings(String kafka, int port, int atOnce) {
        return List.of(
                "--spring.kafka.bootstrap-servers=" + kafka,
                "--spring.mail.host=127.0.0.1",
                "--spring.mail.port=" + port,
                "--server.port=0",
                "--latchkey.mail.concurrency=" + atOnce,
                "--latchkey.mail.from=no-reply@login.example",
                "--latchkey.mail-admin-token=token-of-benchmarks-0123456789abcdef",
                "--latchkey.mail-keys=" + orders.mailKeys());
    }

    private static void awaitTaken(Sink sink, int mails) throws InterruptedException {
        var end = System.nanoTime() + LONGEST.toNanos();
        while (sink.taken() < mails) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        sink.taken() + " mails taken (expected: " + mails + ")");
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** From the end of the warm-up to the last but a tenth, by when they were taken. */
    private double rate(Sink sink, int mails) {
        var times = IntStream.range(0, mails).mapToLong(sink::takenNanos).sorted().toArray();
        var from = arguments.number("warm-up", mails / 10);
        var to = mails - mails / 10 - 1;
        return (to - from) / ((times[to] - times[from]) / 1e9);
    }

    private void rates(String what, List<Double> rates) {
        line(
                what,
                "median %.0f/s of %s",
                median(rates),
                rates.stream().map(rate -> Math.round(rate)).toList());
    }

    private void line(String what, String format, Object... values) {
        report.line(String.format(Locale.ROOT, "%-42s " + format, prepend(what, values)));
    }

    private static Object[] prepend(String what, Object[] values) {
        var all = new ArrayList<>(List.<Object>of(what));
        all.addAll(Arrays.asList(values));
        return all.toArray();
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(Double.NaN);
    }
}
