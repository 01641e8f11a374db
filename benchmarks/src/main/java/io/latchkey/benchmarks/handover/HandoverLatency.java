package io.latchkey.benchmarks.handover;

import io.latchkey.benchmarks.Arguments;
import io.latchkey.benchmarks.Installation;
import io.latchkey.benchmarks.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks for links at a steady rate and sets the time at which the embedded relay took each mail
 * against the time of its 202. Both by the clock of the one machine that everything runs on.
 *
 * <p>{@code --endpoints} (.latchkey/endpoints.json), {@code --rate} links a second (20), {@code
 * --seconds} (60), {@code --warmup} seconds before that (15). The inbox keeps 2 000 mails: rate
 * times seconds must stay below.
 */
public final class HandoverLatency {
    private static final int INBOX = 2000;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private final Arguments arguments;
    private final Report report;
    private final InstantSource clock = InstantSource.system();
    private final Map<String, Instant> answered = new ConcurrentHashMap<>();
    private final Map<String, Double> answerMs = new ConcurrentHashMap<>();
    private final Map<Integer, Integer> refused = new ConcurrentHashMap<>();

    public HandoverLatency(Arguments arguments, Report report) {
        this.arguments = arguments;
        this.report = report;
    }

    public void run() throws Exception {
        var endpoints = Path.of(arguments.text("endpoints", ".latchkey/endpoints.json"));
        var rate = arguments.number("rate", 20);
        var seconds = arguments.number("seconds", 60);
        if (rate * seconds > INBOX) {
            throw new IllegalArgumentException("rate * seconds (expected: at most 2000)");
        }
        report.machine();
        try (var installation = Installation.of(endpoints)) {
            load(installation, rate, arguments.number("warmup", 15), "warm");
            answered.clear();
            answerMs.clear();
            load(installation, rate, seconds, "run");
            var arrivals = arrivals(installation);
            report.line(answered.size() + " links at " + rate + " a second, " + sum() + " refused");
            report.percentiles(
                    "request to 202", answerMs.values().stream().mapToDouble(d -> d).toArray());
            report.percentiles("202 to the relay's acceptance", afterAnswer(arrivals));
            report.line("not arrived: " + (answered.size() - arrivals.size()));
        }
    }

    private int sum() {
        return refused.values().stream().mapToInt(i -> i).sum();
    }

    private void load(Installation installation, int rate, int seconds, String name) {
        var period = TimeUnit.SECONDS.toNanos(1) / rate;
        var next = System.nanoTime();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < rate * seconds; i++) {
                LockSupport.parkNanos(next - System.nanoTime());
                next += period;
                var email = name + "-" + Long.toString(System.nanoTime(), 36) + "@example.com";
                callers.execute(() -> request(installation, email));
            }
        }
    }

    private void request(Installation installation, String email) {
        try {
            var start = System.nanoTime();
            var status = installation.requestLink(email);
            if (status == 202) {
                answered.put(email, clock.instant());
                answerMs.put(email, (System.nanoTime() - start) / 1e6);
            } else {
                refused.merge(status, 1, Integer::sum);
            }
        } catch (IOException e) {
            refused.merge(0, 1, Integer::sum);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, Instant> arrivals(Installation installation) throws Exception {
        var deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (true) {
            var arrivals = new ConcurrentHashMap<String, Instant>();
            for (var mail : installation.mails(INBOX)) {
                var to = mail.required("To").get(0).required("Address").stringValue();
                if (answered.containsKey(to)) {
                    arrivals.put(to, Instant.parse(mail.required("Created").stringValue()));
                }
            }
            if (arrivals.size() == answered.size() || System.nanoTime() > deadline) {
                return arrivals;
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }

    private double[] afterAnswer(Map<String, Instant> arrivals) {
        return arrivals.entrySet().stream()
                .mapToDouble(
                        arrival ->
                                Duration.between(answered.get(arrival.getKey()), arrival.getValue())
                                                .toNanos()
                                        / 1e6)
                .map(milliseconds -> Math.max(0, milliseconds))
                .toArray();
    }
}
