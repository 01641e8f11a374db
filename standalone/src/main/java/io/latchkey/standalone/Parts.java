package io.latchkey.standalone;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/**
 * Starts parts side by side and stops them in the order of {@link Part}. A part that finishes
 * starting after the stop began is stopped at once.
 */
final class Parts implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Parts.class);
    private static final Duration START_GRACE = Duration.ofSeconds(20);
    // All of them together, within the 30 s that a process has.
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(22);
    private static final Duration LEAST = Duration.ofSeconds(1);

    // Threads made here inherit the class loader of the executable jar; those of the common pool
    // would not.
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<Part, AutoCloseable> running = new EnumMap<>(Part.class);
    private boolean closing;

    /** Starts a part when those it needs are running; fails when one of them fails. */
    <T extends AutoCloseable> CompletableFuture<T> start(
            Part part, Callable<T> start, CompletableFuture<?>... needed) {
        return CompletableFuture.allOf(needed).thenApplyAsync(_ -> startNow(part, start), threads);
    }

    private <T extends AutoCloseable> T startNow(Part part, Callable<T> start) {
        refuseWhenClosing();
        T started;
        try {
            started = start.call();
        } catch (StartFailure e) {
            throw e;
        } catch (Exception | LinkageError e) {
            throw new StartFailure(part + " did not start: " + reason(e), e);
        }
        synchronized (running) {
            if (!closing) {
                running.put(part, started);
                return started;
            }
        }
        stop(part, started, STOP_TIMEOUT);
        throw new StartFailure("stopped while starting");
    }

    private void refuseWhenClosing() {
        synchronized (running) {
            if (closing) {
                throw new StartFailure("stopped while starting");
            }
        }
    }

    private static String reason(Throwable e) {
        var cause = NestedExceptionUtils.getMostSpecificCause(e);
        var message = Objects.requireNonNullElse(cause.getMessage(), "");
        return cause.getClass().getSimpleName()
                + ": "
                + message.lines().findFirst().orElse("no further words");
    }

    /**
     * Waits for all, or for the first that fails.
     *
     * @throws StartFailure the first failure
     */
    static void await(CompletableFuture<?>... starting) {
        var failing = Stream.of(starting).map(Parts::failure).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.anyOf(
                            CompletableFuture.allOf(starting), CompletableFuture.anyOf(failing))
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StartFailure failure
                    ? failure
                    : new StartFailure(reason(e), e);
        }
    }

    /** Completes only if the part fails. */
    private static CompletableFuture<?> failure(CompletableFuture<?> part) {
        return part.thenCompose(_ -> new CompletableFuture<Void>());
    }

    /** Idempotent; a second caller waits for the first. */
    @Override
    public synchronized void close() {
        synchronized (running) {
            closing = true;
        }
        awaitStarting();
        var deadline = System.nanoTime() + STOP_TIMEOUT.toNanos();
        running.forEach(
                (part, started) -> {
                    var left = Duration.ofNanos(deadline - System.nanoTime());
                    stop(part, started, left.compareTo(LEAST) > 0 ? left : LEAST);
                });
        running.clear();
        threads.shutdownNow();
    }

    private void awaitStarting() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(START_GRACE.toSeconds(), TimeUnit.SECONDS)) {
                log.warn("A part is still starting and is left behind");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void stop(Part part, AutoCloseable started, Duration patience) {
        var stopper = Thread.ofPlatform().daemon().start(() -> close(part, started));
        try {
            if (!stopper.join(patience)) {
                log.atWarn().addKeyValue("part", part).log("Left behind, as it does not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(Part part, AutoCloseable started) {
        try {
            started.close();
            log.atInfo().addKeyValue("part", part).log("Stopped");
        } catch (Exception e) {
            log.atWarn().addKeyValue("part", part).setCause(e).log("Not stopped cleanly");
        }
    }
}
