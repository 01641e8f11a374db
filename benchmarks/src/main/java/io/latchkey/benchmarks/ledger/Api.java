package io.latchkey.benchmarks.ledger;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Two nodes of auth-api behind one door, of which either may be dead. */
final class Api implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_TRIES = 600;
    private static final int UNAVAILABLE = 503;
    private static final String OVERLOADED = "overloaded";
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<URI> nodes;
    private final String authorization;
    private final Map<String, Integer> repeated = new ConcurrentHashMap<>();

    Api(List<URI> nodes, String authorization) {
        this.nodes = List.copyOf(nodes);
        this.authorization = authorization;
    }

    /**
     * @param unsure whether an earlier try may have been carried out, too
     */
    record Answer(int status, JsonNode body, boolean unsure) {
        String text(String name) {
            return body.required(name).stringValue();
        }
    }

    /** How many requests were sent again, by what became of them before. */
    Map<String, Integer> repeated() {
        return repeated;
    }

    Answer get(String path) throws InterruptedException {
        return send("GET", path, null, null);
    }

    Answer delete(String path) throws InterruptedException {
        return send("DELETE", path, null, null);
    }

    Answer json(String method, String path, JsonNode body) throws InterruptedException {
        return send(method, path, "application/json", body.toString());
    }

    Answer form(String path, Map<String, String> fields) throws InterruptedException {
        var body =
                fields.entrySet().stream()
                        .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                        .collect(Collectors.joining("&"));
        return send("POST", path, "application/x-www-form-urlencoded", body);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Until there is an answer that says what was done, at one node and then the other. */
    private Answer send(String method, String path, @Nullable String type, @Nullable String body)
            throws InterruptedException {
        var key = UUID.randomUUID().toString();
        var unsure = false;
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            var node = nodes.get((key.hashCode() + tries & Integer.MAX_VALUE) % nodes.size());
            try {
                var request = request(node, method, path, type, body, key);
                var answer = http.send(request, BodyHandlers.ofString());
                if (answer.statusCode() != UNAVAILABLE) {
                    return new Answer(answer.statusCode(), tree(answer.body()), unsure);
                }
                var wasAsked = !answer.body().contains(OVERLOADED);
                unsure |= wasAsked;
                repeated.merge(wasAsked ? "503" : OVERLOADED, 1, Integer::sum);
            } catch (ConnectException e) {
                // It was not even asked.
                repeated.merge("refused", 1, Integer::sum);
            } catch (IOException e) {
                unsure = true;
                repeated.merge(e.getClass().getSimpleName(), 1, Integer::sum);
            }
            TimeUnit.MILLISECONDS.sleep(tries < nodes.size() ? 20 : 500);
        }
        throw new IllegalStateException(method + " " + path + " had no answer");
    }

    private HttpRequest request(
            URI node,
            String method,
            String path,
            @Nullable String type,
            @Nullable String body,
            String key) {
        var request =
                HttpRequest.newBuilder(node.resolve(path))
                        .timeout(Duration.ofSeconds(10))
                        .header("Authorization", authorization)
                        .header("Idempotency-Key", key);
        if (type != null) {
            request.header("Content-Type", type);
        }
        return request.method(
                        method,
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
    }

    private static JsonNode tree(String body) {
        return body.startsWith("{") ? JSON.readTree(body) : JsonNodeFactory.instance.objectNode();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
