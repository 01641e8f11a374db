package io.latchkey.benchmarks.silence;

import io.latchkey.benchmarks.Arguments;
import io.latchkey.benchmarks.Installation;
import io.latchkey.benchmarks.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Asks for links, half of them for addresses with an account and half for addresses without, in
 * random order, one request after the other; then asks how well the times of the answers tell the
 * two apart. Also compares the answers themselves.
 *
 * <p>{@code --endpoints} (.latchkey/endpoints.json), {@code --pairs} (1000), {@code --warmup} pairs
 * before that (200), {@code --intent} (sign_in, the one where nothing is mailed to strangers).
 * Makes an app of its own, whose limits let this through. Every address is asked for once, so that
 * an account is all that one of a pair has and the other has not.
 */
public final class AccountSilence {
    private final Arguments arguments;
    private final Report report;
    private final Random random = new Random(1);
    private final Map<String, Integer> shapes = new HashMap<>();

    public AccountSilence(Arguments arguments, Report report) {
        this.arguments = arguments;
        this.report = report;
    }

    public void run() throws Exception {
        var endpoints = Path.of(arguments.text("endpoints", ".latchkey/endpoints.json"));
        var intent = arguments.text("intent", "sign_in");
        report.machine();
        try (var installation = Installation.of(endpoints)) {
            var app = installation.makeApp("Silence");
            measure(installation, app, arguments.number("warmup", 200), intent);
            shapes.clear();
            var times = measure(installation, app, arguments.number("pairs", 1000), intent);
            report.percentiles("an address with an account", times[0]);
            report.percentiles("an address without", times[1]);
            report.line(
                    String.format(
                            Locale.ROOT,
                            "area under the ROC curve: %.3f (0.5: nothing tells them apart)",
                            Separation.areaUnderCurve(times[0], times[1])));
            report.line("answers, without ids and times: " + shapes);
        }
    }

    private static String[] accounts(Installation installation, Installation.Client app, int count)
            throws IOException, InterruptedException {
        var run = Long.toString(System.nanoTime(), 36);
        var addresses = new String[count];
        for (int i = 0; i < count; i++) {
            addresses[i] = "known-" + run + "-" + i + "@example.com";
            installation.makeUser(app, addresses[i]);
        }
        return addresses;
    }

    /** Milliseconds with an account, and without. */
    private double[][] measure(
            Installation installation, Installation.Client app, int pairs, String intent)
            throws IOException, InterruptedException {
        var known = accounts(installation, app, pairs);
        var times = new double[2][pairs];
        var run = Long.toString(System.nanoTime(), 36);
        for (var turn : turns(pairs)) {
            var which = turn % 2;
            var i = turn / 2;
            var email = which == 0 ? known[i] : "other-" + run + "-" + i + "@example.com";
            times[which][i] = time(installation, app, email, intent);
        }
        return times;
    }

    /**
     * A mail slows what comes after it: each kind must come as often after its own as after the
     * other.
     */
    private List<Integer> turns(int pairs) {
        var turns = IntStream.range(0, 2 * pairs).boxed().collect(Collectors.toList());
        Collections.shuffle(turns, random);
        return turns;
    }

    private double time(
            Installation installation, Installation.Client app, String email, String intent)
            throws IOException, InterruptedException {
        var start = System.nanoTime();
        var answer = installation.requestLink(app, email, intent);
        var milliseconds = (System.nanoTime() - start) / 1e6;
        var headers = answer.headers().map().keySet().stream().sorted().toList();
        var shape =
                answer.statusCode()
                        + " "
                        + answer.body().replaceAll(":\"[^\"]*\"", ":…")
                        + " "
                        + Arrays.toString(headers.toArray());
        shapes.merge(shape, 1, Integer::sum);
        return milliseconds;
    }
}
