package io.latchkey.audit.query.web;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import io.latchkey.audit.trail.RecordedEvent;

/** An event on the wire: byte for byte as it was hashed. */
record EventResponse(@JsonValue @JsonRawValue String json) {
    static EventResponse of(RecordedEvent recorded) {
        return new EventResponse(recorded.json());
    }
}
