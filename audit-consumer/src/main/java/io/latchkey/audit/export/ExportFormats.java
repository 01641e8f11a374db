package io.latchkey.audit.export;

import io.latchkey.audit.trail.RecordedEvent;
import java.util.Map;
import java.util.Optional;

/** Those that there are. */
public final class ExportFormats {
    /** Plain JSON lines: each event as its leaf holds it, so that an export can be verified. */
    private static final ExportFormat NDJSON = RecordedEvent::json;

    private static final Map<String, ExportFormat> BY_NAME =
            Map.of("ndjson", NDJSON, "ocsf", new OcsfFormat());

    private ExportFormats() {}

    /** Empty where there is none of that name. */
    public static Optional<ExportFormat> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }
}
