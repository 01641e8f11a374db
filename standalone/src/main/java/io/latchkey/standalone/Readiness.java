package io.latchkey.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** Asks services whether they are ready, as an operator's probe would. */
final class Readiness {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int OK = 200;

    private Readiness() {}

    /**
     * Returns when all are ready.
     *
     * @throws StartFailure naming the first that is not ready in time
     */
    static void await(List<String> services) {
        var deadline = System.nanoTime() + TIMEOUT.toNanos();
        try (var client = HttpClient.newHttpClient()) {
            for (var service : services) {
                while (!isReady(client, service)) {
                    if (System.nanoTime() > deadline) {
                        throw new StartFailure(service + " does not become ready");
                    }
                    Thread.sleep(PAUSE);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("stopped while starting", e);
        }
    }

    private static boolean isReady(HttpClient client, String service) throws InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(service + "/actuator/health/readiness"))
                        .timeout(Duration.ofSeconds(5))
                        .build();
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == OK;
        } catch (IOException e) {
            return false;
        }
    }
}
