package io.latchkey.audit.export;

import io.latchkey.audit.trail.RecordedEvent;

/** How an event is written on its line. */
public interface ExportFormat {
    /** One JSON object, without line breaks. */
    String line(RecordedEvent event);
}
