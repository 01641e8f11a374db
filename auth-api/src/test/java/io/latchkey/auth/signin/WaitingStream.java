package io.latchkey.auth.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.latchkey.auth.PageReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** What a waiting page is told, read by a thread of its own. */
final class WaitingStream implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private final HttpResponse<Stream<String>> answer;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reading;

    WaitingStream(PageReader reader) {
        answer = reader.browser().stream("/code/events", "Accept", "text/event-stream");
        reading = Thread.ofVirtual().start(this::read);
    }

    private void read() {
        try {
            answer.body().forEach(lines::add);
        } catch (UncheckedIOException e) {
            lines.add(": broken off, by us or by the server");
        }
    }

    int status() {
        return answer.statusCode();
    }

    List<String> states() {
        return lines.stream()
                .filter(line -> line.startsWith("data:") && line.length() > 5)
                .map(line -> line.substring(5))
                .toList();
    }

    void awaitStates(String... expected) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(states()).containsExactly(expected));
    }

    /** Waits until the server has ended it; whether it said that nothing follows. */
    boolean awaitEnd() {
        await().atMost(PATIENCE).until(() -> !reading.isAlive());
        return lines.contains("event:end");
    }

    @Override
    public void close() {
        answer.body().close();
    }
}
