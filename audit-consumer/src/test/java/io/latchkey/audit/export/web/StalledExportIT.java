package io.latchkey.audit.export.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.audit.AuditProcess;
import io.latchkey.audit.TestIssuer;
import io.latchkey.audit.TrailRows;
import io.latchkey.testing.TestPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An export of more than all buffers hold, and a reader who stops reading for a while. */
class StalledExportIT {
    private static final int EVENTS = 40_000;

    /** Longer than any statement may take. */
    private static final Duration STALL = Duration.ofSeconds(6);

    @Test
    void whoStopsReadingForAWhileMissesNothingAndHoldsUpNobody()
            throws IOException, SQLException, InterruptedException {
        var database = TestPostgres.database("stalled");
        try (var process =
                AuditProcess.startUnready(database, "localhost:1", TestIssuer.jwksUrl())) {
            fill(new TrailRows(database));
            var url = URI.create(process.url("/api/v1/audit/export?format=ndjson"));
            try (var socket = new Socket(url.getHost(), url.getPort());
                    var lines =
                            new BufferedReader(
                                    new InputStreamReader(
                                            socket.getInputStream(), StandardCharsets.UTF_8))) {
                socket.getOutputStream()
                        .write(
                                "GET %s HTTP/1.0\r\nAuthorization: Bearer %s\r\n\r\n"
                                        .formatted(
                                                url.getPath() + "?" + url.getQuery(),
                                                AuditProcess.AUDIT_TOKEN)
                                        .getBytes(StandardCharsets.US_ASCII));
                assertThat(lines.readLine()).endsWith(" 200 OK");
                TimeUnit.MILLISECONDS.sleep(STALL.toMillis());
                assertThat(process.events("limit=1")).hasSize(1);

                var sequences =
                        lines.lines()
                                .dropWhile(line -> !line.isEmpty())
                                .skip(1)
                                .filter(line -> line.startsWith("{"))
                                .count();
                assertThat(sequences).isEqualTo(EVENTS);
            }
        }
    }

    private static void fill(TrailRows rows) throws SQLException {
        try (var connection = rows.connect();
                var statement = connection.createStatement()) {
            statement.execute(
                    """
                    INSERT INTO audit.audit_event (sequence, time, type, leaf)
                    SELECT n, now(), 'MailSent',
                           convert_to('{"sequence":' || n || ',"user_agent":"'
                               || repeat('x', 1000) || '"}', 'UTF8')
                      FROM generate_series(0::bigint, %d) n
                    """
                            .formatted(EVENTS - 1));
            statement.execute("UPDATE audit.log_state SET size = " + EVENTS);
        }
    }
}
