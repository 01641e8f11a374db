package io.latchkey.audit.export.web;

import io.latchkey.audit.export.ExportFormat;
import io.latchkey.audit.export.ExportFormats;
import io.latchkey.audit.export.ExportTrail;
import io.latchkey.audit.platform.AuditReader;
import io.latchkey.audit.platform.Places;
import io.latchkey.audit.problem.QueryParameters;
import io.latchkey.audit.query.AuditFilter;
import io.latchkey.audit.query.FilterParameters;
import io.latchkey.audit.trail.RecordedEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** The trail as a file. */
@RestController
class ExportController {
    private static final String FORMAT = "format";

    private static final Set<String> KNOWN =
            Stream.concat(FilterParameters.NAMES.stream(), Stream.of(FORMAT))
                    .collect(Collectors.toUnmodifiableSet());

    private static final int AT_A_TIME = 25;
    private static final int MOST = 20;

    private final Places places = new Places(MOST);
    private final ExportTrail exportTrail;
    private final FilterParameters filters;

    ExportController(ExportTrail exportTrail, FilterParameters filters) {
        this.exportTrail = exportTrail;
        this.filters = filters;
    }

    /**
     * {@code GET /api/v1/audit/export}: all events that match, oldest first, one JSON object a
     * line.
     */
    @GetMapping("/api/v1/audit/export")
    ResponseEntity<Flux<DataBuffer>> export(
            @RequestParam MultiValueMap<String, String> parameters,
            @AuthenticationPrincipal AuditReader reader) {
        var given = new QueryParameters(parameters, KNOWN);
        var filter = filters.read(given, reader.tenant());
        var format =
                given.get(FORMAT, name -> ExportFormats.named(name).orElse(null), "ocsf or ndjson");
        if (!parameters.containsKey(FORMAT)) {
            given.missing(FORMAT, "ocsf or ndjson");
        }
        given.check();
        var lines = Objects.requireNonNull(format);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_NDJSON)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit.ndjson\"")
                .body(places.within(buffers(filter, lines)));
    }

    /** Small ones: many of them wait for a reader that is slow. */
    private Flux<DataBuffer> buffers(AuditFilter filter, ExportFormat format) {
        return exportTrail
                .export(filter)
                .concatMapIterable(ExportController::shorter, 1)
                .map(part -> bytes(part, format));
    }

    private static List<List<RecordedEvent>> shorter(List<RecordedEvent> events) {
        return IntStream.iterate(0, from -> from < events.size(), from -> from + AT_A_TIME)
                .mapToObj(from -> events.subList(from, Math.min(events.size(), from + AT_A_TIME)))
                .toList();
    }

    private static DataBuffer bytes(List<RecordedEvent> events, ExportFormat format) {
        var lines = new StringBuilder();
        events.forEach(event -> lines.append(format.line(event)).append('\n'));
        return DefaultDataBufferFactory.sharedInstance.wrap(
                lines.toString().getBytes(StandardCharsets.UTF_8));
    }
}
