package io.latchkey.auth.platform;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

class BatchesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private final AtomicInteger begun = new AtomicInteger();
    private final Logger log = (Logger) LoggerFactory.getLogger(BatchesTest.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void listen() {
        logged.start();
        log.addAppender(logged);
    }

    @AfterEach
    void endListening() {
        log.detachAppender(logged);
    }

    @Test
    void aBatchThatIsNotFullIsTheLast() {
        var round = Batches.whileFull(() -> Mono.just(begun.incrementAndGet() < 4 ? 10L : 9L), 10);

        StepVerifier.create(round).expectComplete().verify(PATIENCE);

        assertThat(begun).hasValue(4);
    }

    @Test
    void aRoundEndsAfterItsMostBatches() {
        var round = Batches.whileMore(() -> Mono.just(begun.incrementAndGet() > 0), 3);

        StepVerifier.create(round).expectComplete().verify(PATIENCE);

        assertThat(begun).hasValue(3);
    }

    @Test
    void anEmptyBatchIsTheLast() {
        var round =
                Batches.whileMore(
                        () -> begun.incrementAndGet() == 1 ? Mono.just(true) : Mono.empty(), 10);

        StepVerifier.create(round).expectComplete().verify(PATIENCE);

        assertThat(begun).hasValue(2);
    }

    @Test
    void everyRoundLooksAnew() {
        var round = Batches.whileMore(() -> Mono.just(begun.incrementAndGet() < 0), 10);

        StepVerifier.create(round).expectComplete().verify(PATIENCE);
        StepVerifier.create(round).expectComplete().verify(PATIENCE);

        assertThat(begun).hasValue(2);
    }

    @Test
    void aFailureEndsTheRoundAndIsLoggedOnce() {
        var round =
                Batches.whileMore(
                        () ->
                                begun.incrementAndGet() == 2
                                        ? Mono.error(new IllegalStateException("a secret"))
                                        : Mono.just(true),
                        10);

        StepVerifier.create(Batches.orNextRound(round, log, "It could not be done"))
                .expectComplete()
                .verify(PATIENCE);

        assertThat(begun).hasValue(2);
        assertThat(logged.list)
                .singleElement()
                .satisfies(
                        line -> {
                            assertThat(line.getLevel()).isEqualTo(Level.WARN);
                            assertThat(line.getFormattedMessage())
                                    .startsWith("It could not be done");
                            assertThat(line.getThrowableProxy()).isNull();
                        });
    }

    @Test
    void noBatchBeginsAfterTheRoundIsCancelled() {
        var first = Sinks.<Boolean>one();
        var round =
                Batches.whileMore(
                        () -> begun.incrementAndGet() == 1 ? first.asMono() : Mono.just(true), 10);

        StepVerifier.create(round)
                .then(() -> assertThat(begun).hasValue(1))
                .thenCancel()
                .verify(PATIENCE);
        first.tryEmitValue(true);

        assertThat(begun).hasValue(1);
    }
}
