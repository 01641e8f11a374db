package io.latchkey.audit.ingest.kafka;

import io.latchkey.audit.ingest.AppendSession;
import io.latchkey.audit.ingest.AuditStore;
import io.latchkey.audit.ingest.IngestMetrics;
import io.latchkey.audit.ingest.IngestState;
import io.latchkey.audit.ingest.SignCheckpoint;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.context.SmartLifecycle;

/**
 * One thread that keeps the trail growing: becomes the appender, reads all partitions from where
 * the trail ends, appends what each poll brings, and starts over from what is stored whenever
 * anything fails. While the database is away nothing is polled, and nothing is lost: the offsets
 * are in the database only.
 *
 * <p>A listener container of Spring Kafka does not fit here: it splits partitions among the members
 * of a group, or is given a fixed list of them; the trail has one appender that reads all, also
 * those added later.
 */
final class AuditAppender implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(AuditAppender.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration STAND_BY = Duration.ofSeconds(1);
    private static final Duration LOOK_AT_TOPICS = Duration.ofSeconds(2);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(5);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);

    private final AuditStore store;
    private final AuditTopics topics;
    private final Supplier<TopicTail> tails;
    private final BatchRecorder recorder;
    private final SignCheckpoint signCheckpoint;
    private final Duration checkpointInterval;
    private final IngestMetrics metrics;
    private final BackOff backOff = new BackOff();

    private volatile CountDownLatch stopping = new CountDownLatch(0);
    private volatile @Nullable Thread thread;
    private volatile @Nullable TopicTail reading;

    AuditAppender(
            AuditStore store,
            AuditTopics topics,
            Supplier<TopicTail> tails,
            BatchRecorder recorder,
            SignCheckpoint signCheckpoint,
            Duration checkpointInterval,
            IngestMetrics metrics) {
        this.signCheckpoint = signCheckpoint;
        this.checkpointInterval = checkpointInterval;
        this.store = store;
        this.topics = topics;
        this.tails = tails;
        this.recorder = recorder;
        this.metrics = metrics;
    }

    @Override
    public void start() {
        stopping = new CountDownLatch(1);
        metrics.state(IngestState.STARTING);
        thread = Thread.ofPlatform().name("audit-appender").start(this::run);
    }

    /** Finishes the transaction in hand, lets a rival append, and returns. */
    @Override
    public void stop() {
        stopping.countDown();
        var tail = reading;
        if (tail != null) {
            tail.wakeUp();
        }
        var running = thread;
        if (running != null) {
            try {
                if (!running.join(STOP_TIMEOUT)) {
                    log.atWarn().log("appender did not stop in time");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        thread = null;
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private boolean goesOn() {
        return stopping.getCount() > 0;
    }

    private void run() {
        try {
            while (goesOn()) {
                tryOnce();
            }
        } catch (InterruptedException e) {
            log.atWarn().log("appender interrupted");
        } finally {
            metrics.state(IngestState.STOPPED);
        }
    }

    private void tryOnce() throws InterruptedException {
        try {
            appendOrStandBy();
        } catch (WakeupException e) {
            log.atDebug().log("woken up to stop");
        } catch (RuntimeException | Error e) {
            // An error, too, must not end the trail: what is stored is whole whatever broke here
            startOver(e);
        }
    }

    private void appendOrStandBy() throws InterruptedException {
        var won = store.tryBecomeAppender();
        if (won.isEmpty()) {
            topics.refresh();
            succeeded(IngestState.STANDING_BY);
            pause(STAND_BY.toMillis());
            return;
        }
        try (var session = won.get();
                var tail = tails.get()) {
            reading = tail;
            append(session, tail);
        } finally {
            reading = null;
            metrics.lag(0);
        }
    }

    private void append(AppendSession session, TopicTail tail) throws InterruptedException {
        var lookAtTopics = new Pace(LOOK_AT_TOPICS);
        var keepAlive = new Pace(KEEP_ALIVE);
        var sign = new Pace(checkpointInterval);
        while (goesOn()) {
            if (lookAtTopics.due()) {
                topics.refresh().ifPresent(found -> tail.assign(found, session));
            }
            if (tail.partitions().isEmpty()) {
                pause(POLL.toMillis());
            } else {
                appendNext(session, tail);
            }
            if (keepAlive.due()) {
                session.keepAlive();
            }
            if (sign.due()) {
                signCheckpoint.sign(session);
            }
            succeeded(IngestState.APPENDING);
        }
    }

    private void appendNext(AppendSession session, TopicTail tail) {
        var polled = tail.poll(POLL);
        if (!polled.isEmpty()) {
            recorder.record(session, tail.partitions(), polled);
        }
        metrics.lag(tail.lag());
    }

    private void succeeded(IngestState now) {
        if (metrics.state() != now) {
            metrics.state(now);
            log.atInfo().addKeyValue("state", now).log("audit appender");
        }
        backOff.reset();
    }

    /** One line for a whole outage; the next try tells by its state that it is over. */
    private void startOver(Throwable failure) throws InterruptedException {
        var level = backOff.isFresh() ? Level.WARN : Level.DEBUG;
        log.atLevel(level).setCause(failure).log("cannot append for now; trying again");
        // A process that never came up stays unready; one that did goes on answering queries
        if (metrics.state() != IngestState.STARTING) {
            metrics.state(IngestState.WAITING);
        }
        pause(backOff.nextMillis());
    }

    private void pause(long millis) throws InterruptedException {
        if (stopping.await(millis, TimeUnit.MILLISECONDS)) {
            log.atDebug().log("stopping");
        }
    }
}
