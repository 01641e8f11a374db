package io.latchkey.audit.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.audit.AuditProcess;
import io.latchkey.audit.TestIssuer;
import io.latchkey.audit.TrailRows;
import io.latchkey.testing.TestPostgres;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;

class UnavailableIT {
    @Test
    void aDatabaseThatDoesNotAnswerIsTakenForThatOnAPage() throws SQLException {
        var database = TestPostgres.database("unavailable");
        try (var process =
                        AuditProcess.startUnready(database, "localhost:1", TestIssuer.jwksUrl());
                var connection = new TrailRows(database).connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE audit.audit_event, audit.checkpoint");

            for (var path : new String[] {"/", "/console/alerts", "/console/log"}) {
                process.auditor()
                        .get()
                        .uri(path)
                        .header("X-Request-Id", "my-request")
                        .exchange()
                        .expectStatus()
                        .isEqualTo(503)
                        .expectHeader()
                        .contentTypeCompatibleWith(MediaType.TEXT_HTML)
                        .expectHeader()
                        .valueEquals("Cache-Control", "no-store")
                        .expectBody(String.class)
                        .value(
                                page ->
                                        assertThat(page)
                                                .contains("my-request", "Try again")
                                                .doesNotContain("Exception"));
            }
        }
    }
}
