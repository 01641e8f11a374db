package io.latchkey.audit.query.web;

import io.latchkey.audit.query.EventPage;
import io.latchkey.events.LinkId;
import java.util.List;

/** What became of one link, oldest first, on the wire. */
record TimelineResponse(String linkId, List<EventResponse> items) {
    static TimelineResponse of(LinkId linkId, EventPage page) {
        return new TimelineResponse(
                linkId.toString(), page.events().stream().map(EventResponse::of).toList());
    }
}
