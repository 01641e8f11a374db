package io.latchkey.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.latchkey.events.Event;
import io.latchkey.events.FailureClass;
import io.latchkey.events.LinkId;
import io.latchkey.events.MailAbandoned;
import io.latchkey.events.MailAttemptFailed;
import io.latchkey.events.MailSent;
import io.latchkey.mail.ScriptedRelay.Stage;
import io.latchkey.mail.relay.Relays;
import io.latchkey.testing.TestOrders;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A worker with two relays, of which the second takes over only what the first surely has not. */
class RelaysIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static TestTopics topics;
    private static ScriptedRelay first;
    private static ScriptedRelay second;
    private static TestWorker worker;
    private final LinkId linkId = LinkId.next();

    @BeforeAll
    static void start() {
        first = new ScriptedRelay();
        second = new ScriptedRelay();
        topics = new TestTopics();
        worker = worker("offered");
    }

    @AfterAll
    static void stop() {
        worker.close();
        topics.close();
        first.close();
        second.close();
    }

    @BeforeEach
    void behave() {
        for (var stage : Stage.values()) {
            first.behaveAt(stage);
            second.behaveAt(stage);
        }
        await("the first takes mails")
                .atMost(SOON)
                .until(
                        () ->
                                ((MailSent) mailed()).relay().equals("first")
                                        && worker.bean(Relays.class).isServing("first"));
    }

    private static TestWorker worker(String tls) {
        return TestWorker.startReady(
                9,
                "latchkey.mail.hold=1s",
                // Each mail greets and is greeted.
                "latchkey.mail.smtp.mails-per-connection=1",
                "latchkey.mail.relay-patience=1s",
                "latchkey.mail.relay-pause=2s",
                "latchkey.mail.relay-deadline=4s",
                "latchkey.mail.relays[0].name=first",
                "latchkey.mail.relays[0].host=127.0.0.1",
                "latchkey.mail.relays[0].tls=" + tls,
                "latchkey.mail.relays[0].port=" + first.port(),
                "latchkey.mail.relays[1].name=second",
                "latchkey.mail.relays[1].host=127.0.0.1",
                "latchkey.mail.relays[1].port=" + second.port());
    }

    private static void order(LinkId link) {
        topics.send(
                TestOrders.record(TestOrders.order().of(link).to(link + "@example.com").sealed()));
    }

    private static List<Event> eventsUntil(LinkId link, Class<? extends Event> last) {
        await().atMost(SOON).until(() -> topics.eventsOf(link).stream().anyMatch(last::isInstance));
        return topics.eventsOf(link);
    }

    @ParameterizedTest
    @CsvSource({
        "GREETING, DROP, relay_unready",
        "GREETING, 421 4.3.2 closing, relay_unready",
        "EHLO, SILENCE, relay_timeout",
        "EHLO, TRICKLE, relay_timeout",
        "MAIL, 451 4.3.0 later, deferred",
        "RCPT, SILENCE, relay_timeout",
        "RCPT, 450 4.2.1 busy, deferred",
        "DATA, DROP, relay_lost",
        "END, 452 4.2.2 full, deferred",
    })
    void whatTheFirstSurelyHasNotTakenTheSecondTakesAtOnce(
            Stage stage, String answer, String reason) {
        first.at(stage, answer);

        order(linkId);

        var events = eventsUntil(linkId, MailSent.class);
        assertThat(events).hasSize(2);
        assertThat(events.getFirst())
                .isInstanceOfSatisfying(
                        MailAttemptFailed.class,
                        failed -> {
                            assertThat(failed.relay()).isEqualTo("first");
                            assertThat(failed.attempt()).isOne();
                            assertThat(failed.failureClass()).isEqualTo(FailureClass.TRANSIENT);
                            assertThat(failed.context().reason()).isEqualTo(reason);
                        });
        assertThat(events.getLast())
                .isInstanceOfSatisfying(
                        MailSent.class,
                        sent -> {
                            assertThat(sent.relay()).isEqualTo("second");
                            assertThat(sent.attempt()).isEqualTo(2);
                        });
        assertThat(mails(second)).isOne();
    }

    private long heardAbout(ScriptedRelay relay) {
        return relay.heard().stream().filter(line -> line.contains(linkId.toString())).count();
    }

    private long mails(ScriptedRelay relay) {
        return relay.taken().stream().filter(mail -> mail.contains("<" + linkId + ".")).count();
    }

    @Test
    void whatTheFirstMayHaveTakenTheSecondDoesNotGet() {
        first.at(Stage.END, ScriptedRelay.SILENCE);

        order(linkId);

        var failed = (MailAttemptFailed) eventsUntil(linkId, MailAttemptFailed.class).getFirst();
        assertThat(failed.failureClass()).isEqualTo(FailureClass.AMBIGUOUS);
        assertThat(mails(first)).isOne();
        assertThat(heardAbout(second)).isZero();
    }

    @Test
    void whatTheFirstRefusesForEverTheSecondIsNotAsked() {
        first.at(Stage.RCPT, "550 5.1.1 no such user");

        order(linkId);

        assertThat(eventsUntil(linkId, MailAbandoned.class)).hasSize(2);
        assertThat(heardAbout(second)).isZero();
    }

    @Test
    void aRelayThatDoesNotServeIsLeftAloneForAWhile() {
        first.at(Stage.MAIL, ScriptedRelay.DROP);
        first.at(Stage.GREETING, ScriptedRelay.DROP);
        await().atMost(SOON)
                .until(
                        () -> {
                            mailed();
                            return !worker.bean(Relays.class).isServing("first");
                        });
        var asked = first.connections();

        mailed();

        assertThat(first.connections()).isEqualTo(asked);
        behave();
    }

    private static Event mailed() {
        var link = LinkId.next();
        order(link);
        return eventsUntil(link, MailSent.class).getLast();
    }

    @Test
    void ordersWaitUncountedWhileNoRelayServes() {
        first.at(Stage.GREETING, ScriptedRelay.DROP);
        second.at(Stage.GREETING, ScriptedRelay.DROP);
        for (int i = 0; i < 10; i++) {
            order(LinkId.next());
        }
        await().atMost(SOON).until(() -> outcomes("held") > 0);

        order(linkId);
        first.behaveAt(Stage.GREETING);

        assertThat(((MailSent) eventsUntil(linkId, MailSent.class).getLast()).relay())
                .isEqualTo("first");
    }

    private double outcomes(String outcome) {
        return worker
                .bean(MeterRegistry.class)
                .find("latchkey.mail.deliveries")
                .tag("outcome", outcome)
                .counters()
                .stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    @Test
    void whereTlsIsRequiredNoMailGoesToARelayWhoseOfferWasStripped() {
        worker.close();
        try (var strict = worker("required")) {
            order(linkId);

            var events = eventsUntil(linkId, MailSent.class);
            assertThat(events.getFirst().context().reason()).isEqualTo("relay_tls");
            assertThat(mails(first)).isZero();
            assertThat(mails(second)).isOne();
            assertThat(strict.bean(Relays.class).names()).containsExactly("first", "second");
        } finally {
            worker = worker("offered");
        }
    }
}
