package io.latchkey.benchmarks.ledger;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The audit trail as an export gives it. */
final class Trail {
    private static final JsonMapper JSON = new JsonMapper();
    private final Map<String, String> typeOfId = new HashMap<>();
    private final Set<String> links = new HashSet<>();
    private final Set<String> mailed = new HashSet<>();
    private final Set<String> ended = new HashSet<>();
    private long sequence;

    private Trail() {}

    /**
     * @throws IllegalStateException where a sequence number or an event is missing or there twice
     */
    static Trail read(URI export, String token) throws IOException, InterruptedException {
        var trail = new Trail();
        try (var http = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(export)
                            .header("Authorization", "Bearer " + token)
                            .build();
            var answer = http.send(request, BodyHandlers.ofLines());
            if (answer.statusCode() != 200) {
                throw new IOException("export: " + answer.statusCode());
            }
            answer.body().forEach(trail::add);
        }
        return trail;
    }

    private void add(String line) {
        var event = JSON.readTree(line);
        if (event.required("sequence").longValue() != sequence) {
            throw new IllegalStateException("not " + sequence + ": " + event.get("sequence"));
        }
        sequence++;
        var type = event.required("type").stringValue();
        if (typeOfId.put(event.required("event_id").stringValue(), type) != null) {
            throw new IllegalStateException("there twice: " + event.get("event_id"));
        }
        switch (type) {
            case "LinkRequested" -> links.add(link(event));
            case "MailSent" -> mailed.add(link(event));
            case "LinkRevoked" -> ended.add(link(event));
            case "MailAbandoned" -> {
                if (event.path("reason").asString("").equals("link_used")) {
                    ended.add(link(event));
                }
            }
            default -> {}
        }
    }

    private static String link(JsonNode event) {
        return event.required("link_id").stringValue();
    }

    /** Event ids, each with its type. */
    Map<String, String> events() {
        return typeOfId;
    }

    int mailedLinks() {
        return mailed.size();
    }

    /**
     * Whose worker died after the hand-over and before it could say so: the person had the mail,
     * and the link was used or revoked before its order came to another worker.
     */
    int endedBeforeItWasSaid() {
        return (int) ended.stream().filter(link -> !mailed.contains(link)).count();
    }

    /** Of which nothing tells what became of their mail. */
    int linksWithoutEnd() {
        return (int)
                links.stream()
                        .filter(link -> !mailed.contains(link) && !ended.contains(link))
                        .count();
    }

    Map<String, Integer> types() {
        var types = new TreeMap<String, Integer>();
        typeOfId.values().forEach(type -> types.merge(type, 1, Integer::sum));
        return types;
    }
}
