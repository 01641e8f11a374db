package io.latchkey.testing;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.testcontainers.containers.GenericContainer;

/**
 * A container on a fixed port. Stopped and started through Docker itself, as Testcontainers would
 * remove it, with its data.
 */
final class ContainerServer implements TestServer {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SECONDS_TO_END = 5;
    private final GenericContainer<?> container;
    private final int port;
    private final Runnable awaitReady;

    /**
     * @param awaitReady throws while the restarted server does not answer yet
     */
    ContainerServer(GenericContainer<?> container, int innerPort, int port, Runnable awaitReady) {
        this.container = container;
        this.port = port;
        this.awaitReady = awaitReady;
        container.setPortBindings(List.of(port + ":" + innerPort));
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
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(100))
                    .untilAsserted(awaitReady::run);
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

    private boolean isRunning() {
        return Boolean.TRUE.equals(container.getCurrentContainerInfo().getState().getRunning());
    }
}
