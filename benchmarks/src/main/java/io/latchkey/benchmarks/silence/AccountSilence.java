package io.latchkey.benchmarks.silence;

import io.latchkey.benchmarks.Arguments;
import io.latchkey.benchmarks.Installation;
import io.latchkey.benchmarks.Report;
import java.io.IOException;
import java.net.http.HttpResponse;
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
 * before that (200), {@code --door} ({@code api}, or {@code page}: the hosted one), {@code
 * --status} of the accounts ({@code active} or {@code blocked}), {@code --intent} at the API
 * (sign_in, the one where nothing is mailed to strangers; the page asks for sign_in_or_up). Makes
 * an app of its own, whose limits let this through. Every address is asked for once, so that an
 * account is all that one of a pair has and the other has not.
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
        var byPage = arguments.text("door", "api").equals("page");
        report.machine();
        try (var installation = Installation.of(endpoints)) {
            var app = installation.makeApp("Silence");
            try (var page = installation.signInPage(app)) {
                Door door =
                        byPage ? page::ask : email -> installation.requestLink(app, email, intent);
                measure(installation, app, arguments.number("warmup", 200), door);
                shapes.clear();
                report(measure(installation, app, arguments.number("pairs", 1000), door));
            }
        }
    }

    /** How one asks for a link. */
    private interface Door {
        HttpResponse<String> ask(String email) throws IOException, InterruptedException;
    }

    private void report(double[][] times) {
        report.percentiles("an address with an account", times[0]);
        report.percentiles("an address without", times[1]);
        report.line(
                String.format(
                        Locale.ROOT,
                        "area under the ROC curve: %.3f (0.5: nothing tells them apart)",
                        Separation.areaUnderCurve(times[0], times[1])));
        report.line("answers, without ids and times: " + shapes);
    }

    private String[] accounts(Installation installation, Installation.Client app, int count)
            throws IOException, InterruptedException {
        var run = Long.toString(System.nanoTime(), 36);
        var addresses = new String[count];
        for (int i = 0; i < count; i++) {
            addresses[i] = "known-" + run + "-" + i + "@example.com";
            installation.makeUser(app, addresses[i], arguments.text("status", "active"));
        }
        return addresses;
    }

    /** Milliseconds with an account, and without. */
    private double[][] measure(
            Installation installation, Installation.Client app, int pairs, Door door)
            throws IOException, InterruptedException {
        var known = accounts(installation, app, pairs);
        var times = new double[2][pairs];
        var run = Long.toString(System.nanoTime(), 36);
        for (var turn : turns(pairs)) {
            var which = turn % 2;
            var i = turn / 2;
            var email = which == 0 ? known[i] : "other-" + run + "-" + i + "@example.com";
            times[which][i] = time(email, door);
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

    private double time(String email, Door door) throws IOException, InterruptedException {
        var start = System.nanoTime();
        var answer = door.ask(email);
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
