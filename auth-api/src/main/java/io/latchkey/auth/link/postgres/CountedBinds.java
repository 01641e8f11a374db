package io.latchkey.auth.link.postgres;

import static io.latchkey.auth.platform.Database.get;

import io.latchkey.auth.limit.Budget;
import io.latchkey.auth.limit.Counted;
import io.latchkey.events.AppId;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Hands limits to {@code auth.take_budget}, and reads what it says of them. */
final class CountedBinds {
    private static final double MILLISECONDS = 1000;

    private CountedBinds() {}

    static void put(AppId app, List<Counted> counted, Map<String, Object> values) {
        values.put(
                "counted_keys", counted.stream().map(one -> key(app, one)).toArray(String[]::new));
        values.put(
                "counted_bursts",
                counted.stream().map(one -> one.rate().burst()).toArray(Integer[]::new));
        values.put(
                "counted_seconds",
                counted.stream()
                        .map(one -> (double) one.rate().period().toSeconds())
                        .toArray(Double[]::new));
    }

    /** A changed rate begins anew. */
    private static String key(AppId app, Counted counted) {
        return String.join(
                "|", app.toString(), counted.kind(), counted.rate().toString(), counted.key());
    }

    static Budget budget(List<Counted> counted, Readable row) {
        var remaining = get(row, "remaining", Integer[].class);
        var retryAfter = get(row, "retry_after", Double[].class);
        var spent = new ArrayList<Budget.Spent>();
        for (int i = 0; i < counted.size(); i++) {
            spent.add(
                    new Budget.Spent(
                            counted.get(i).kind(),
                            counted.get(i).rate(),
                            remaining[i],
                            Duration.ofMillis((long) Math.ceil(retryAfter[i] * MILLISECONDS))));
        }
        return new Budget(spent);
    }
}
