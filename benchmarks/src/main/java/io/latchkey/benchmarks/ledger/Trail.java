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
import tools.jackson.databind.json.JsonMapper;

/** The audit trail as an export gives it. */
final class Trail {
    private static final JsonMapper JSON = new JsonMapper();
    private final Map<String, String> typeOfId = new HashMap<>();
    private final Set<String> mailedLinks = new HashSet<>();
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
        if (type.equals("MailSent")) {
            mailedLinks.add(event.required("link_id").stringValue());
        }
    }

    /** Event ids, each with its type. */
    Map<String, String> events() {
        return typeOfId;
    }

    int mailedLinks() {
        return mailedLinks.size();
    }

    Map<String, Integer> types() {
        var types = new TreeMap<String, Integer>();
        typeOfId.values().forEach(type -> types.merge(type, 1, Integer::sum));
        return types;
    }
}
