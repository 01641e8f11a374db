package io.latchkey.mail.bounce.imap;

import io.latchkey.mail.bounce.MailboxProperties;
import io.latchkey.mail.bounce.UnpublishedBounceException;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Looks into the mailbox again and again, where there is one. No mail of ours waits for it, so the
 * readiness of a worker does not depend on it.
 */
@Component
class MailboxLifecycle implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(MailboxLifecycle.class);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);
    private final BounceMailbox mailbox;
    private final MailboxProperties properties;
    private volatile CountDownLatch stop = new CountDownLatch(1);
    private volatile @Nullable Thread reader;
    private boolean failing;

    MailboxLifecycle(BounceMailbox mailbox, MailboxProperties properties) {
        this.mailbox = mailbox;
        this.properties = properties;
    }

    @Override
    public void start() {
        if (properties.isConfigured()) {
            stop = new CountDownLatch(1);
            reader = Thread.ofVirtual().name("bounces").start(this::run);
        }
    }

    private void run() {
        try {
            do {
                look();
            } while (!stop.await(properties.every().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says once that it fails, and once that it goes on. */
    private void look() {
        try {
            mailbox.look();
            if (failing) {
                LOG.atInfo().log("Bounces are read again");
            }
            failing = false;
        } catch (MessagingException
                | IOException
                | UnpublishedBounceException
                | RuntimeException e) {
            if (!failing && stop.getCount() > 0) {
                LOG.atWarn()
                        .addKeyValue("host", properties.host())
                        .addKeyValue("cause", e.getClass().getSimpleName())
                        .log("Bounces cannot be read now; the next look tries again");
            }
            failing = true;
        }
    }

    /** What is under way is finished, or read again by the next one who looks. */
    @Override
    public void stop() {
        stop.countDown();
        var running = reader;
        try {
            if (running != null && !running.join(LONGEST_STOP)) {
                running.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        reader = null;
    }

    @Override
    public boolean isRunning() {
        return reader != null;
    }
}
