package io.latchkey.audit.retention;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Looks for old events from time to time, where not all are kept. */
@Component
final class RunRetention implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(RunRetention.class);

    private final DropOldEvents dropOldEvents;
    private final RetentionProperties properties;
    private volatile @Nullable Thread running;

    RunRetention(DropOldEvents dropOldEvents, RetentionProperties properties) {
        this.dropOldEvents = dropOldEvents;
        this.properties = properties;
    }

    @Override
    public void start() {
        if (properties.limit().isPresent()) {
            running = Thread.ofVirtual().name("audit-retention").start(this::rounds);
        }
    }

    private void rounds() {
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(properties.interval().toMillis());
                round();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void round() {
        try {
            dropOldEvents.run();
        } catch (IOException | RuntimeException e) {
            log.atError().setCause(e).log("old events stay where they are: trying again");
        }
    }

    /** What is being done is done again by whoever comes next. */
    @Override
    public void stop() {
        var thread = running;
        running = null;
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }
}
