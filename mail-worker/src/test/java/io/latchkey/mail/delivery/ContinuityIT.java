package io.latchkey.mail.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.events.LinkId;
import io.latchkey.events.LinkRequested;
import io.latchkey.events.MailAttemptFailed;
import io.latchkey.events.MailSent;
import io.latchkey.mail.TestRelay;
import io.latchkey.mail.TestTopics;
import io.latchkey.mail.TestWorker;
import io.latchkey.testing.TestKafka;
import io.latchkey.testing.TestOrders;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Relays, workers and brokers come and go; every order ends once. */
class ContinuityIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private TestRelay relay;
    private TestTopics topics;
    private TestWorker worker;

    @BeforeEach
    void start() {
        relay = new TestRelay();
        topics = new TestTopics();
        worker = startWorker();
    }

    /** With a producer that soon gives up, so that what follows then is seen soon. */
    private TestWorker startWorker() {
        var producer = "spring.kafka.producer.properties.";
        return TestWorker.startReady(
                relay.port(),
                producer + "delivery.timeout.ms=2000",
                producer + "request.timeout.ms=1000",
                producer + "max.block.ms=1000",
                "latchkey.mail.relay-pause=1s",
                "latchkey.mail.hold=1s");
    }

    @AfterEach
    void stop() {
        TestKafka.start();
        worker.close();
        topics.close();
        relay.stop();
    }

    private List<LinkId> order(int count) {
        var links = Stream.generate(LinkId::next).limit(count).toList();
        links.forEach(link -> topics.send(TestOrders.record(orderOfSomebodyElse(link))));
        return links;
    }

    /** All of one person are in one partition, and few consumers have it. */
    private static LinkRequested orderOfSomebodyElse(LinkId link) {
        return TestOrders.order().of(link).to("u" + link + "@example.com").sealed();
    }

    private long mailsOf(LinkId link) {
        return relay.received().stream()
                .filter(mail -> mail.raw().contains("<" + link + "."))
                .count();
    }

    private void assertMailedOnce(List<LinkId> links) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> {
                            var sent =
                                    topics.mailEvents().stream()
                                            .filter(MailSent.class::isInstance)
                                            .map(event -> event.context().linkId())
                                            .filter(links::contains)
                                            .toList();
                            assertThat(sent).containsExactlyInAnyOrderElementsOf(links);
                        });
        assertThat(links).allSatisfy(link -> assertThat(mailsOf(link)).isOne());
    }

    @Test
    void mailsFollowWhenTheRelayIsBack() {
        relay.stop();
        var links = order(10);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () ->
                                links.stream()
                                        .allMatch(
                                                link ->
                                                        topics.eventsOf(link).stream()
                                                                .anyMatch(
                                                                        MailAttemptFailed.class
                                                                                ::isInstance)));

        relay.start();

        assertMailedOnce(links);
    }

    @Test
    void aWorkerThatIsStoppedAmidWorkLosesAndRepeatsNothing() {
        var many = new CountDownLatch(20);
        relay.beforeTaking(
                () -> {
                    many.countDown();
                    pause(Duration.ofMillis(200));
                });
        var links = order(400);
        Awaitility.await().atMost(PATIENCE).until(() -> many.getCount() == 0);

        worker.close();
        var mailedByTheFirst = relay.received().size();
        worker = startWorker();

        assertMailedOnce(links);
        assertThat(mailedByTheFirst).isBetween(20, 399);
    }

    @Test
    void aMailThatTheRelayTookWhileKafkaWentAwayIsNotMailedAgain() {
        var taken = new CountDownLatch(1);
        var kafkaIsAway = new CountDownLatch(1);
        relay.beforeTaking(
                () -> {
                    taken.countDown();
                    await(kafkaIsAway);
                });
        var links = order(1);
        await(taken);
        TestKafka.stop();
        kafkaIsAway.countDown();
        // Longer than the producer tries by itself.
        pause(Duration.ofSeconds(5));

        TestKafka.start();

        assertMailedOnce(links);
        var afterwards = order(3);
        assertMailedOnce(afterwards);
        assertThat(mailsOf(links.getFirst())).isOne();
    }

    /** Each consumer has an order in hand, and others wait, for longer than locks go unrenewed. */
    @Test
    void whileKafkaIsAwayForLongNobodyTakesOrdersOnlyToLetThemGo() {
        var inHand = new CountDownLatch(5);
        var kafkaIsAway = new CountDownLatch(1);
        relay.beforeTaking(
                () -> {
                    inHand.countDown();
                    await(kafkaIsAway);
                });
        var links = order(60);
        await(inHand);
        TestKafka.stop();
        kafkaIsAway.countDown();
        pause(Duration.ofSeconds(25));

        TestKafka.start();

        assertMailedOnce(links);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
