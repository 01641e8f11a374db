package io.latchkey.audit.console;

import io.latchkey.audit.balance.Balance;
import io.latchkey.audit.balance.BalanceStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Gathers what the first page shows, of all tenants. */
@Service
public final class ReadOverview {
    private static final Set<String> ATTEMPTS =
            Set.of(
                    "LinkRequested",
                    "LinkSuppressed",
                    "LinkRefused",
                    "LinkConfirmed",
                    "LinkRejected",
                    "CodeRejected");

    private static final List<Series> BY_OUTCOME =
            List.of(
                    new Series("success", "good", ATTEMPTS, "success"),
                    new Series("refused", "warn", ATTEMPTS, "refused"),
                    new Series("failure", "bad", ATTEMPTS, "failure"));

    private static final List<Series> MAILS =
            List.of(
                    Series.ofTypes("handed over", "good", "MailSent"),
                    Series.ofTypes("tries failed", "warn", "MailAttemptFailed"),
                    Series.ofTypes("given up", "bad", "MailAbandoned"),
                    Series.ofTypes("bounced", "odd", "MailBounced"));

    private static final List<Series> SESSIONS =
            List.of(
                    Series.ofTypes("issued", "good", "SessionIssued"),
                    Series.ofTypes("refreshed", "calm", "SessionRefreshed"),
                    Series.ofTypes("ended", "warn", "SessionRevoked"),
                    Series.ofTypes("token reused", "bad", "RefreshReuseDetected"));

    private final ConsoleStore store;
    private final BalanceStore books;
    private final InstantSource clock;

    ReadOverview(ConsoleStore store, BalanceStore books, InstantSource clock) {
        this.store = store;
        this.books = books;
        this.clock = clock;
    }

    public Mono<Overview> read(ChartRange range) {
        var start = range.start(clock.instant());
        return Mono.zip(
                        store.counts(start, range.end(start), range.step()),
                        books(start),
                        store.checkpoint().map(Optional::of).defaultIfEmpty(Optional.empty()),
                        store.networks(start),
                        store.apps(start))
                .map(
                        found -> {
                            var draw = new DrawChart(range, start, found.getT1());
                            return new Overview(
                                    range,
                                    found.getT2(),
                                    alerts(found.getT1()),
                                    found.getT3(),
                                    List.of(
                                            draw.draw("Sign-in attempts", BY_OUTCOME),
                                            draw.draw("Mail delivery", MAILS),
                                            draw.draw("Sessions", SESSIONS)),
                                    found.getT4(),
                                    found.getT5());
                        });
    }

    private Mono<Optional<Balance>> books(Instant start) {
        return books.balance(null, start, null)
                .map(Optional::of)
                .onErrorReturn(TimeoutException.class, Optional.empty());
    }

    private static long alerts(List<EventCount> counts) {
        return counts.stream()
                .filter(count -> count.type().equals("Alert"))
                .mapToLong(EventCount::events)
                .sum();
    }
}
