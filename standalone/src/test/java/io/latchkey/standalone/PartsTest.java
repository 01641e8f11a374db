package io.latchkey.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PartsTest {
    private final List<Part> stopped = new CopyOnWriteArrayList<>();
    private final Parts parts = new Parts();

    @Test
    void stopInTheirOrderHoweverTheyStarted() {
        var postgres = start(Part.POSTGRES);
        var inbox = start(Part.INBOX, postgres);
        var auth = start(Part.AUTH_API, inbox);
        Parts.await(auth);

        parts.close();

        assertThat(stopped).containsExactly(Part.AUTH_API, Part.INBOX, Part.POSTGRES);
    }

    @Test
    void theFirstFailureIsReportedWhileOthersAreStillStarting() {
        var never = new CompletableFuture<AutoCloseable>();
        CompletableFuture<AutoCloseable> failing =
                parts.start(
                        Part.KAFKA,
                        () -> {
                            throw new IllegalStateException("no disk\nand more");
                        });
        var needing = start(Part.MAIL_WORKER, failing);

        assertThatThrownBy(() -> Parts.await(never, needing, failing))
                .isInstanceOf(StartFailure.class)
                .hasMessage("the embedded Kafka did not start: IllegalStateException: no disk");

        parts.close();
        assertThat(stopped).isEmpty();
    }

    @Test
    void aPartThatIsStillStartingWhenTheStopComesIsStoppedToo() throws Exception {
        var begun = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        var postgres =
                parts.<AutoCloseable>start(
                        Part.POSTGRES,
                        () -> {
                            begun.countDown();
                            released.await();
                            return () -> stopped.add(Part.POSTGRES);
                        });
        begun.await();
        var stopping = Thread.ofPlatform().start(parts::close);

        released.countDown();
        stopping.join();

        assertThat(postgres).isDone();
        assertThat(stopped).containsExactly(Part.POSTGRES);
    }

    @Test
    void aPartThatCannotStopCleanlyDoesNotKeepTheOthers() {
        Parts.await(
                parts.<AutoCloseable>start(
                        Part.KAFKA,
                        () ->
                                () -> {
                                    throw new IllegalStateException("broken");
                                }),
                start(Part.POSTGRES));

        parts.close();

        assertThat(stopped).containsExactly(Part.POSTGRES);
    }

    private CompletableFuture<AutoCloseable> start(Part part, CompletableFuture<?>... needed) {
        return parts.start(part, () -> () -> stopped.add(part), needed);
    }
}
