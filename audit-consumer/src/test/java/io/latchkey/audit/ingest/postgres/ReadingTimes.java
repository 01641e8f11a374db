package io.latchkey.audit.ingest.postgres;

import io.latchkey.audit.AuditProcess;
import io.latchkey.audit.TestEvents;
import io.latchkey.audit.TestTopics;
import io.latchkey.audit.trail.AuditEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How long pages take, and how late the stream is. */
final class ReadingTimes {
    private static final Logger log = LoggerFactory.getLogger(ReadingTimes.class);
    private static final int TIMES = 40;
    private static final Map<String, Function<AuditEvent, String>> QUERIES = queries();

    private final HttpClient client = HttpClient.newHttpClient();
    private final AuditProcess process;
    private final SampleTrail sample;

    ReadingTimes(AuditProcess process, SampleTrail sample) {
        this.process = process;
        this.sample = sample;
    }

    private static Map<String, Function<AuditEvent, String>> queries() {
        var queries = new LinkedHashMap<String, Function<AuditEvent, String>>();
        queries.put("newest", _ -> "events?limit=50");
        queries.put("type", e -> "events?limit=50&type=" + e.type());
        queries.put("refused", _ -> "events?limit=50&outcome=refused");
        queries.put("person", e -> "events?limit=50&user_id=" + e.userId());
        queries.put("app, refused", e -> "events?limit=50&outcome=refused&app_id=" + e.appId());
        queries.put("network", e -> "events?limit=50&ip=" + e.ip().getHostAddress());
        queries.put("link", e -> "links/" + e.linkId());
        queries.put("from, oldest first", e -> "events?limit=50&order=asc&from=" + e.time());
        queries.put("to", e -> "events?limit=50&to=" + e.time());
        queries.put(
                "a day of one app",
                e ->
                        "events?limit=50&app_id=%s&from=%s&to=%s"
                                .formatted(e.appId(), e.time(), e.time().plus(Duration.ofDays(1))));
        queries.put(
                "books of a day",
                e ->
                        "balance?from=%s&to=%s"
                                .formatted(e.time(), e.time().plus(Duration.ofDays(1))));
        queries.put("books of all", _ -> "balance");
        return queries;
    }

    void measure(long size) {
        QUERIES.forEach(
                (name, query) -> {
                    var times = new ArrayList<Double>();
                    var failed = 0;
                    for (int i = 0; i < TIMES; i++) {
                        var begin = System.nanoTime();
                        failed += get(query.apply(sample.any())) == 200 ? 0 : 1;
                        times.add((System.nanoTime() - begin) / 1e6);
                    }
                    report(size, name, times, failed);
                });
        report(size, "stream's delay", streamed(), 0);
    }

    private static void report(long size, String name, List<Double> times, int failed) {
        var sorted = times.stream().sorted().toList();
        log.info(
                "at {} events: {}: p50 {} ms, longest {} ms, {} failed",
                size,
                name,
                Math.round(sorted.get(sorted.size() / 2)),
                Math.round(sorted.getLast()),
                failed);
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create(process.url("/api/v1/audit/" + path)))
                .header("Authorization", "Bearer " + AuditProcess.AUDIT_TOKEN)
                .build();
    }

    private int get(String path) {
        try {
            return client.send(request(path), HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** From just before an event is given to Kafka until it is read from the stream. */
    private List<Double> streamed() {
        var times = new ArrayList<Double>();
        try (var topics = new TestTopics();
                var body =
                        client.send(
                                        request("stream?type=LinkConfirmed"),
                                        HttpResponse.BodyHandlers.ofInputStream())
                                .body();
                var lines =
                        new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            lines.readLine();
            for (int i = 0; i < TIMES; i++) {
                var event = TestEvents.confirmed(TestEvents.context());
                var begin = System.nanoTime();
                topics.publish(List.of(event));
                var line = "";
                while (!line.contains(event.id().toString())) {
                    line = String.valueOf(lines.readLine());
                }
                times.add((System.nanoTime() - begin) / 1e6);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return times;
    }
}
