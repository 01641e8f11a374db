package io.latchkey.benchmarks.silence;

import io.latchkey.benchmarks.Arguments;
import io.latchkey.benchmarks.Installation;
import io.latchkey.benchmarks.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Asks for links in pairs, one for an address with an account and one for an address without, in
 * random order within each pair, one request after the other; then asks how well the times of the
 * answers tell the two apart. Also compares the answers themselves.
 *
 * <p>{@code --endpoints} (.latchkey/endpoints.json), {@code --pairs} (1000), {@code --warmup} pairs
 * before that (200), {@code --intent} (sign_in, the one where nothing is mailed to strangers),
 * {@code --accounts} (200). Makes an app of its own, whose limits let this through.
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
            var known = accounts(installation, app, arguments.number("accounts", 200));
            measure(installation, app, known, arguments.number("warmup", 200), intent);
            shapes.clear();
            var times = measure(installation, app, known, arguments.number("pairs", 1000), intent);
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
            Installation installation,
            Installation.Client app,
            String[] known,
            int pairs,
            String intent)
            throws IOException, InterruptedException {
        var times = new double[2][pairs];
        var run = Long.toString(System.nanoTime(), 36);
        for (int i = 0; i < pairs; i++) {
            var stranger = "other-" + run + "-" + i + "@example.com";
            var addresses = new String[] {known[i % known.length], stranger};
            var first = random.nextInt(2);
            for (var which : new int[] {first, 1 - first}) {
                times[which][i] = time(installation, app, addresses[which], intent);
            }
        }
        return times;
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
