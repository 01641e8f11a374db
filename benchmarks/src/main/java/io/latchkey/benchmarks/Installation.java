package io.latchkey.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running standalone, as its {@code endpoints.json} tells it. */
public final class Installation implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private final JsonNode endpoints;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Installation(JsonNode endpoints) {
        this.endpoints = endpoints;
    }

    /** Reads {@code endpoints.json}. */
    public static Installation of(Path endpoints) {
        return new Installation(JSON.readTree(endpoints.toFile()));
    }

    /** Asks for a link; the status of the answer. */
    public int requestLink(String email) throws IOException, InterruptedException {
        var body =
                JSON.createObjectNode()
                        .put("email", email)
                        .put("redirect_uri", "http://localhost:3000/callback");
        var pair = text("client_id") + ":" + text("client_secret");
        var credentials = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        var request =
                HttpRequest.newBuilder(URI.create(text("auth_url") + "/api/v1/links"))
                        .timeout(PATIENCE)
                        .header("Authorization", "Basic " + credentials)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body.toString()))
                        .build();
        return send(request).statusCode();
    }

    /** The newest mails of the inbox, in Mailpit's shape. */
    public JsonNode mails(int limit) throws IOException, InterruptedException {
        var uri = URI.create(text("inbox_url") + "/api/v1/messages?limit=" + limit);
        return JSON.readTree(send(HttpRequest.newBuilder(uri).timeout(PATIENCE).build()).body())
                .required("messages");
    }

    private HttpResponse<String> send(HttpRequest request)
            throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofString());
    }

    private String text(String name) {
        return endpoints.required(name).stringValue();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
