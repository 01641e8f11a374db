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
import io.latchkey.testing.TestOrders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The only relay there is ill-treats a few mails and then takes them; the books balance. */
class HostileRelayIT {
    private static final int MAILS = 3;
    private static final Duration SOON = Duration.ofSeconds(40);
    private static TestTopics topics;
    private static ScriptedRelay relay;
    private static TestWorker worker;
    private final List<LinkId> links = Stream.generate(LinkId::next).limit(MAILS).toList();

    @BeforeAll
    static void start() {
        relay = new ScriptedRelay();
        topics = new TestTopics();
        worker =
                TestWorker.startReady(
                        relay.port(),
                        "latchkey.mail.hold=1s",
                        // Each mail greets and is greeted.
                        "latchkey.mail.smtp.mails-per-connection=1",
                        "latchkey.mail.smtp.read-timeout=1s",
                        "latchkey.mail.relay-pause=1s",
                        "latchkey.mail.relay-deadline=4s");
    }

    @AfterAll
    static void stop() {
        worker.close();
        topics.close();
        relay.close();
    }

    @AfterEach
    void behave() {
        Stream.of(Stage.values()).forEach(relay::behaveAt);
    }

    private void order() {
        links.forEach(
                link ->
                        topics.send(
                                TestOrders.record(
                                        TestOrders.order()
                                                .of(link)
                                                .to(link + "@example.com")
                                                // So short that the usual two minutes do not fit
                                                // before a second try where the first is unclear.
                                                .deliverWithin(Duration.ofSeconds(25))
                                                .sealed())));
        await().atMost(SOON).until(() -> links.stream().allMatch(link -> ends(link) > 0));
    }

    /** Says this to as many as there are mails, and the usual ever after. */
    private static void illTreat(Stage stage, String answer, String usual) {
        var answers = new ArrayList<>(Collections.nCopies(MAILS, answer));
        answers.add(usual);
        relay.at(stage, answers.toArray(String[]::new));
    }

    private static long ends(LinkId link) {
        return topics.eventsOf(link).stream().filter(HostileRelayIT::isEnd).count();
    }

    private static boolean isEnd(Event event) {
        return event instanceof MailSent || event instanceof MailAbandoned;
    }

    private static List<MailAttemptFailed> failures(LinkId link) {
        return topics.eventsOf(link).stream()
                .filter(MailAttemptFailed.class::isInstance)
                .map(MailAttemptFailed.class::cast)
                .toList();
    }

    private static List<String> messageIds(LinkId link) {
        return relay.taken().stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("Message-ID: <" + link + "."))
                .toList();
    }

    /** One end each, and it is the last that is told; the attempts are counted from 1. */
    private void assertBooksBalance(Class<? extends Event> end) {
        assertThat(links)
                .allSatisfy(
                        link -> {
                            var events = topics.eventsOf(link);
                            assertThat(ends(link)).isOne();
                            assertThat(events.getLast()).isInstanceOf(end);
                            assertThat(failures(link))
                                    .extracting(MailAttemptFailed::attempt)
                                    .containsExactlyElementsOf(
                                            IntStream.rangeClosed(1, failures(link).size())
                                                    .boxed()
                                                    .toList());
                        });
    }

    @ParameterizedTest
    @CsvSource({
        "GREETING, 421 4.3.2 closing, 220 hello",
        "GREETING, DROP, 220 hello",
        "GREETING, SILENCE, 220 hello",
        "EHLO, DROP, 250 hello",
        "EHLO, SILENCE, 250 hello",
        "EHLO, TRICKLE, 250 hello",
        "MAIL, 421 4.3.2 closing, 250 ok",
        "MAIL, DROP, 250 ok",
        "MAIL, SILENCE, 250 ok",
        "RCPT, 450 4.2.1 busy, 250 ok",
        "RCPT, 451 4.3.0 later, 250 ok",
        "RCPT, DROP, 250 ok",
        "RCPT, SILENCE, 250 ok",
        "DATA, DROP, 354 go on",
        "DATA, SILENCE, 354 go on",
        "END, 451 4.3.0 later, 250 ok",
        "END, 452 4.2.2 full, 250 ok",
    })
    void whatWasSurelyNotTakenIsMailedOnceLater(Stage stage, String answer, String usual) {
        illTreat(stage, answer, usual);

        order();

        assertBooksBalance(MailSent.class);
        assertThat(links)
                .allSatisfy(
                        link -> {
                            assertThat(failures(link))
                                    .allMatch(f -> f.failureClass() == FailureClass.TRANSIENT);
                            // At the end of the data, the relay has what it then refuses.
                            var refused = stage == Stage.END ? failures(link).size() : 0;
                            assertThat(messageIds(link)).hasSize(1 + refused);
                        });
    }

    @ParameterizedTest
    @CsvSource({"END, DROP", "END, SILENCE", "END, TRICKLE"})
    void whatMayHaveBeenTakenIsMailedAgainUnderTheSameMessageId(Stage stage, String answer) {
        illTreat(stage, answer, "250 ok");

        order();

        assertBooksBalance(MailSent.class);
        assertThat(links)
                .allSatisfy(
                        link -> {
                            assertThat(failures(link))
                                    .allMatch(f -> f.failureClass() == FailureClass.AMBIGUOUS);
                            assertThat(messageIds(link))
                                    .hasSize(1 + failures(link).size())
                                    .containsOnly(messageIds(link).getFirst());
                        });
    }

    @ParameterizedTest
    @CsvSource({
        "MAIL, 550 5.7.1 not you",
        "RCPT, 550 5.1.1 no such user",
        "RCPT, 552 5.2.2 full",
        "END, 552 5.3.4 too large",
        "END, 554 5.7.1 spam"
    })
    void whatIsRefusedForEverIsGivenUpAtOnce(Stage stage, String answer) {
        relay.at(stage, answer);

        order();

        assertBooksBalance(MailAbandoned.class);
        assertThat(links)
                .allSatisfy(
                        link ->
                                assertThat(failures(link))
                                        .singleElement()
                                        .extracting(MailAttemptFailed::failureClass)
                                        .isEqualTo(FailureClass.PERMANENT));
    }

    @Test
    void whatIsBehindStarttlsMustBeTls() {
        illTreat(Stage.EHLO, "250-scripted.example\r\n250 STARTTLS", "250 hello");
        relay.at(Stage.OTHER, "220 go on\r\nthis is no TLS");

        order();

        assertBooksBalance(MailSent.class);
        assertThat(links)
                .allSatisfy(
                        link -> {
                            assertThat(failures(link))
                                    .isNotEmpty()
                                    .allMatch(f -> "relay_tls".equals(f.context().reason()));
                            assertThat(messageIds(link)).hasSize(1);
                        });
    }

    @Test
    void aConnectionThatIsResetAfterTheMailWasTakenRepeatsNothing() {
        relay.at(Stage.END, ScriptedRelay.TAKE_AND_RESET);

        order();

        assertBooksBalance(MailSent.class);
        assertThat(links)
                .allSatisfy(
                        link -> {
                            assertThat(failures(link)).isEmpty();
                            assertThat(messageIds(link)).hasSize(1);
                        });
    }
}
