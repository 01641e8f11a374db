package io.latchkey.testing;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;

/**
 * A container on a fixed port. Stopped and started through Docker itself, as Testcontainers would
 * remove it, with its data.
 */
final class ContainerServer implements TestServer {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int ATTEMPTS = 3;
    private static final int LAST_LINES = 20;
    private final GenericContainer<?> container;
    private final int port;
    private final int secondsToEnd;
    private final Runnable requireAnswer;

    /**
     * @param secondsToEnd how long it may take to end in order, before it is killed
     * @param requireAnswer throws while the server does not answer yet
     */
    ContainerServer(
            GenericContainer<?> container,
            int innerPort,
            int port,
            int secondsToEnd,
            Runnable requireAnswer) {
        this.container = container;
        this.port = port;
        this.secondsToEnd = secondsToEnd;
        this.requireAnswer = requireAnswer;
        container.setPortBindings(List.of(port + ":" + innerPort));
        container.setWaitStrategy(new Answer());
        container.withStartupAttempts(ATTEMPTS);
    }

    @Override
    public String host() {
        return container.getHost();
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void start() {
        if (container.getContainerId() == null) {
            container.start();
        } else if (!isRunning()) {
            startAgain(ATTEMPTS);
        }
    }

    /** A server that was killed may end once more while it mends its files, as production's may. */
    private void startAgain(int attempts) {
        container.getDockerClient().startContainerCmd(container.getContainerId()).exec();
        try {
            awaitAnswer();
        } catch (ContainerLaunchException e) {
            if (attempts == 1) {
                throw e;
            }
            System.out.println("Tests start a container once more: " + e.getMessage());
            stop();
            startAgain(attempts - 1);
        }
    }

    @Override
    public void stop() {
        if (isRunning()) {
            container
                    .getDockerClient()
                    .stopContainerCmd(container.getContainerId())
                    .withTimeout(secondsToEnd)
                    .exec();
            Awaitility.await().atMost(PATIENCE).until(() -> !FreePorts.isOpen(host(), port));
        }
    }

    private void awaitAnswer() {
        try {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(POLL)
                    .failFast("it has ended", () -> !isRunning())
                    .ignoreExceptionsInstanceOf(AssertionError.class)
                    .untilAsserted(requireAnswer::run);
        } catch (ConditionTimeoutException | TerminalFailureException e) {
            throw new ContainerLaunchException(
                    "it does not answer (%s); its log ends:%n%s".formatted(state(), lastWords()),
                    e);
        }
    }

    private String state() {
        var state = container.getCurrentContainerInfo().getState();
        return "%s, exit code %d, out of memory: %s"
                .formatted(state.getStatus(), state.getExitCodeLong(), state.getOOMKilled());
    }

    private String lastWords() {
        var lines = container.getLogs().lines().toList();
        return String.join(
                "\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    private boolean isRunning() {
        return Boolean.TRUE.equals(container.getCurrentContainerInfo().getState().getRunning());
    }

    /** Unlike the strategies at hand, gives up at once where the container has ended. */
    private final class Answer extends AbstractWaitStrategy {
        @Override
        protected void waitUntilReady() {
            awaitAnswer();
        }
    }
}
