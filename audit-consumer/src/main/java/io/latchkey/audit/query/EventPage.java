package io.latchkey.audit.query;

import io.latchkey.audit.trail.RecordedEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Part of an answer.
 *
 * @param next where the next page begins; absent where this is the last for now
 */
public record EventPage(List<RecordedEvent> events, @Nullable Cursor next) {
    public EventPage {
        events = List.copyOf(events);
    }

    /** Cuts a page of what was found, which is one more than the limit where there are more. */
    public static EventPage of(PageRequest request, List<RecordedEvent> found) {
        if (found.size() <= request.limit()) {
            return new EventPage(found, null);
        }
        var events = found.subList(0, request.limit());
        return new EventPage(events, new Cursor(request.order(), events.getLast().sequence()));
    }
}
