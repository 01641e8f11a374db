package io.latchkey.audit.query.postgres;

import io.latchkey.audit.trail.RecordedEvent;
import io.r2dbc.spi.Readable;
import java.util.Objects;

/** A row of the trail as the event that it is. */
final class EventRow {
    /** Of {@code audit.audit_event}. */
    static final String COLUMNS = "sequence, convert_from(leaf, 'UTF8') AS json";

    private EventRow() {}

    static RecordedEvent read(Readable row) {
        return new RecordedEvent(
                Objects.requireNonNull(row.get("sequence", Long.class)),
                Objects.requireNonNull(row.get("json", String.class)));
    }
}
