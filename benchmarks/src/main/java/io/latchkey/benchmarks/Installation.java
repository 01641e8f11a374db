package io.latchkey.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
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
    private static final String REDIRECT_URI = "http://localhost:3000/callback";
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

    /**
     * An app's credentials.
     *
     * @param authorization as the header has it
     */
    public record Client(String id, String authorization) {
        static Client of(String id, String secret) {
            var pair = (id + ":" + secret).getBytes(StandardCharsets.UTF_8);
            return new Client(id, "Basic " + Base64.getEncoder().encodeToString(pair));
        }

        @Override
        public String toString() {
            return "Client";
        }
    }

    /** Asks for a link as the demo app; the status of the answer. */
    public int requestLink(String email) throws IOException, InterruptedException {
        var demo = Client.of(text("client_id"), text("client_secret"));
        return requestLink(demo, email, "sign_in_or_up").statusCode();
    }

    /** Asks for a link. */
    public HttpResponse<String> requestLink(Client app, String email, String intent)
            throws IOException, InterruptedException {
        var body =
                JSON.createObjectNode()
                        .put("email", email)
                        .put("intent", intent)
                        .put("redirect_uri", REDIRECT_URI);
        return post("/api/v1/links", app.authorization(), body);
    }

    /** A confidential app of the default tenant, whose limits let a load through. */
    public Client makeApp(String name) throws IOException, InterruptedException {
        var body = JSON.createObjectNode().put("name", name).put("type", "confidential");
        body.putArray("redirect_uris").add(REDIRECT_URI);
        var limits = body.putObject("limits");
        limits.putArray("address").add("100000/1m");
        limits.putArray("network");
        var app = created(post("/api/v1/apps", "Bearer " + text("admin_token"), body));
        return Client.of(
                app.required("client_id").stringValue(),
                app.required("client_secret").stringValue());
    }

    /** The page where that app's users sign in. */
    public SignInPage signInPage(Client app) throws IOException, InterruptedException {
        return new SignInPage(
                URI.create(
                        text("auth_url")
                                + "/sign-in?response_type=code&scope=openid&client_id="
                                + app.id()
                                + "&redirect_uri="
                                + URLEncoder.encode(REDIRECT_URI, StandardCharsets.UTF_8)));
    }

    /**
     * An account.
     *
     * @param status {@code active} or {@code blocked}
     */
    public void makeUser(Client app, String email, String status)
            throws IOException, InterruptedException {
        var body = JSON.createObjectNode().put("email", email).put("status", status);
        created(post("/api/v1/users", app.authorization(), body));
    }

    private static JsonNode created(HttpResponse<String> answer) {
        if (answer.statusCode() != 201) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> post(String path, String authorization, JsonNode body)
            throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(URI.create(text("auth_url") + path))
                        .timeout(PATIENCE)
                        .header("Authorization", authorization)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body.toString()))
                        .build());
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
