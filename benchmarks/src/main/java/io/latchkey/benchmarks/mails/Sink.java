package io.latchkey.benchmarks.mails;

import io.latchkey.benchmarks.smtp.Relay;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A relay that takes everything, as soon or as late as it is told, and knows when it took the mail
 * to {@code u<number>@…}.
 */
final class Sink implements AutoCloseable {
    private final Relay relay;
    private final Duration delay;
    private final int stallEvery;
    private final Duration stall;
    private final AtomicLongArray takenNanos;
    private final AtomicInteger taken = new AtomicInteger();

    /**
     * @param mails numbers are below
     * @param delay before each mail is taken
     * @param stallEvery of how many mails one is taken after {@code stall} instead; 0 for none
     */
    Sink(int mails, Duration delay, int stallEvery, Duration stall) throws IOException {
        this.delay = delay;
        this.stallEvery = stallEvery;
        this.stall = stall;
        this.takenNanos = new AtomicLongArray(mails);
        this.relay = new Relay(new Numbered());
    }

    private final class Numbered implements Relay.Mailboxes {
        /** Of u17@ as of 17u@. */
        private static int number(String recipient) {
            return Integer.parseInt(
                    recipient.substring(0, recipient.indexOf('@')).replaceAll("[^0-9]", ""));
        }

        @Override
        public Duration delay(String recipient) {
            return isStalled(number(recipient)) ? stall : delay;
        }

        @Override
        public void taken(String recipient, String messageId) {
            if (takenNanos.compareAndSet(number(recipient), 0, System.nanoTime())) {
                taken.incrementAndGet();
            }
        }
    }

    int port() {
        return relay.port();
    }

    int taken() {
        return taken.get();
    }

    /** Nanoseconds of the system's timer; 0 where it has not come. */
    long takenNanos(int mail) {
        return takenNanos.get(mail);
    }

    boolean isStalled(int mail) {
        return stallEvery > 0 && mail % stallEvery == 0;
    }

    @Override
    public void close() {
        relay.close();
    }
}
