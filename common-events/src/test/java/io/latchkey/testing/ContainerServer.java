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
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int ATTEMPTS = 3;
    private static final int SECONDS_TO_END = 5;
    private static final int LAST_LINES = 20;
    private final GenericContainer<?> container;
    private final int port;
    private final Runnable requireAnswer;

    /**
     * @param requireAnswer throws while the server does not answer yet
     */
    ContainerServer(
            GenericContainer<?> container, int innerPort, int port, Runnable requireAnswer) {
        this.container = container;
        this.port = port;
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
            container.getDockerClient().startContainerCmd(container.getContainerId()).exec();
            awaitAnswer();
        }
    }

    @Override
    public void stop() {
        if (isRunning()) {
            container
                    .getDockerClient()
                    .stopContainerCmd(container.getContainerId())
                    .withTimeout(SECONDS_TO_END)
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
