package io.latchkey.audit.query.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.latchkey.audit.query.EventPage;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A page on the wire.
 *
 * @param nextCursor absent on the last page
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EventsResponse(List<EventResponse> items, @Nullable String nextCursor) {
    static EventsResponse of(EventPage page) {
        return new EventsResponse(
                page.events().stream().map(EventResponse::of).toList(),
                Objects.toString(page.next(), null));
    }
}
