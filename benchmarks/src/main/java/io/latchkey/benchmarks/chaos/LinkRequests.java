package io.latchkey.benchmarks.chaos;

import io.latchkey.events.LinkId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks for links at a steady rate, each for somebody else, and keeps what was accepted. Whoever is
 * told to come back does, under the same key, as the API's callers should.
 */
final class LinkRequests {
    private static final JsonMapper JSON = new JsonMapper();
    private final Map<LinkId, String> accepted = new ConcurrentHashMap<>();
    private static final int MOST_TRIES = 60;
    private static final Executor LATER = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();
    private final URI links;
    private final String authorization;

    LinkRequests(URI links, String authorization) {
        this.links = links;
        this.authorization = authorization;
    }

    /** The links that were accepted, with their addresses. */
    Map<LinkId, String> accepted() {
        return accepted;
    }

    /** How many links were not accepted after {@value #MOST_TRIES} tries. */
    int refused() {
        return refused.get();
    }

    /** How many requests were answered with 503, or not at all, and asked again. */
    int repeated() {
        return repeated.get();
    }

    Void askFor(int links, int rate) throws InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var answers = new ArrayList<CompletableFuture<?>>();
            var begin = System.nanoTime();
            for (int n = 0; n < links; n++) {
                var due = begin + n * TimeUnit.SECONDS.toNanos(1) / rate;
                TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
                var email = "u" + n + "@d" + n % 50 + ".example";
                answers.add(ask(http, request(email), email, 1));
            }
            answers.forEach(CompletableFuture::join);
        }
        return null;
    }

    private CompletableFuture<Void> ask(
            HttpClient http, HttpRequest request, String email, int tries) {
        return http.sendAsync(request, BodyHandlers.ofString())
                .handle((answer, failure) -> isAccepted(email, answer, failure))
                .thenCompose(
                        accepted -> {
                            if (accepted) {
                                return CompletableFuture.completedFuture(null);
                            }
                            if (tries == MOST_TRIES) {
                                refused.incrementAndGet();
                                return CompletableFuture.completedFuture(null);
                            }
                            repeated.incrementAndGet();
                            return CompletableFuture.runAsync(() -> {}, LATER)
                                    .thenCompose(_ -> ask(http, request, email, tries + 1));
                        });
    }

    private HttpRequest request(String email) {
        var body =
                JSON.createObjectNode()
                        .put("email", email)
                        .put("intent", "sign_in_or_up")
                        .put("redirect_uri", "http://localhost:3000/callback");
        return HttpRequest.newBuilder(links)
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
    }

    private boolean isAccepted(String email, HttpResponse<String> answer, Throwable failure) {
        if (failure != null || answer.statusCode() != 202) {
            return false;
        }
        var id = JSON.readTree(answer.body()).required("link_id").stringValue();
        accepted.put(LinkId.parse(id), email);
        return true;
    }
}
