package io.latchkey.audit.query.postgres;

import io.latchkey.audit.trail.RecordedEvent;
import io.r2dbc.spi.Readable;
import java.util.Objects;

/** A row of the trail as the event that it is. */
final class EventRow {
    static final String SELECT =
            "SELECT sequence, convert_from(leaf, 'UTF8') AS json FROM audit.audit_event";

    private EventRow() {}

    static RecordedEvent read(Readable row) {
        return new RecordedEvent(
                Objects.requireNonNull(row.get("sequence", Long.class)),
                Objects.requireNonNull(row.get("json", String.class)));
    }
}
