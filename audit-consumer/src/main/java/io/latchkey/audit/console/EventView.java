package io.latchkey.audit.console;

import io.latchkey.audit.query.EventPage;
import io.latchkey.audit.trail.RecordedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event as a row of a page shows it; empty where it does not apply.
 *
 * @param when date and time, UTC
 * @param reason of the outcome; of an alert its rule, of an administrator's act what it was
 * @param who the masked address, else the user's id
 * @param json the event as its leaf holds it
 */
public record EventView(
        long sequence,
        String eventId,
        String time,
        String when,
        String type,
        String outcome,
        String reason,
        String who,
        String subject,
        String appId,
        String linkId,
        String ip,
        JsonNode data,
        String json) {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int DATE_AND_TIME = 19;
    private static final long LONGEST_WINDOW = Duration.ofDays(366).toSeconds();

    public static EventView of(RecordedEvent event) {
        var read = JSON.readTree(event.json());
        var time = text(read, "time");
        var masked = text(read, "email_masked");
        return new EventView(
                event.sequence(),
                text(read, "event_id"),
                time,
                time.substring(0, DATE_AND_TIME).replace('T', ' '),
                text(read, "type"),
                text(read, "outcome"),
                reason(read),
                masked.isEmpty() ? text(read, "user_id") : masked,
                text(read, "subject"),
                text(read, "app_id"),
                text(read, "link_id"),
                text(read, "ip"),
                read.path("data"),
                event.json());
    }

    /** Those of a page. */
    public static List<EventView> of(EventPage page) {
        return page.events().stream().map(EventView::of).toList();
    }

    private static String reason(JsonNode event) {
        return Stream.of(event.path("reason"), event.at("/data/rule"), event.at("/data/action"))
                .map(node -> node.asString(""))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String text(JsonNode event, String name) {
        return event.path(name).asString("");
    }

    /** Of an alert, when the time that it is about began. */
    public String windowStart() {
        var seconds = Math.clamp(data.path("window_s").asLong(0), 0, LONGEST_WINDOW);
        return Instant.parse(time).minusSeconds(seconds).toString();
    }

    /** Of its own fields. */
    public String dataText(String name) {
        return data.path(name).asString("");
    }
}
