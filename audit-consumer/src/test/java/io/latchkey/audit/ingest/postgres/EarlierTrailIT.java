package io.latchkey.audit.ingest.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.audit.TrailRows;
import io.latchkey.testing.TestDatabase;
import io.latchkey.testing.TestPostgres;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What was recorded before there was a log is in it afterwards, at the same places. */
class EarlierTrailIT {
    private static final int EVENTS = 2_300;

    /** As large as data may be, if without the blanks that the database writes. */
    private static final String LARGEST = "'{\"changed\":[' || repeat('\"f\",', 2043) || '\"f\"]}'";

    private final TestDatabase database = TestPostgres.database("earlier");
    private final TrailRows rows = new TrailRows(database);

    @Test
    void eventsOfEarlierVersionsBecomeLeavesAndTheLogGrowsOn() throws SQLException {
        migrate("1");
        fill();

        migrate("latest");

        assertThat(rows.isWhole()).isTrue();
        assertThat(rows.number("SELECT count(*) FROM audit.audit_event")).isEqualTo(EVENTS);
        assertThat(
                        rows.texts(
                                "SELECT convert_from(leaf, 'UTF8') FROM audit.audit_event"
                                        + " WHERE sequence = 7"))
                .containsExactly(
                        "{\"data\":{\"means\":\"button\"},\"email_masked\":\"a***@mail.example\","
                                + "\"event_id\":\"evt_00000000000000000000000007\","
                                + "\"ip\":\"203.0.113.7\",\"outcome\":\"success\",\"reason\":\"r\","
                                + "\"sequence\":7,\"tenant\":\"default\","
                                + "\"time\":\"2026-05-04T03:02:01.123456Z\","
                                + "\"type\":\"LinkConfirmed\","
                                + "\"user_agent\":\"agent\"}");
        assertThat(rows.texts("SELECT to_regclass('audit.event_before_log')"))
                .containsExactly((String) null);
        assertThat(rows.number("SELECT count(*) FROM audit.event_place")).isEqualTo(EVENTS);
        assertThat(
                        rows.texts(
                                "SELECT concat_ws(' ', minute AT TIME ZONE 'UTC', type, outcome,"
                                        + " events) FROM audit.event_count"))
                .containsExactly("2026-05-04 03:02:00 LinkConfirmed success " + EVENTS);
        assertThat(
                        rows.texts(
                                "SELECT concat_ws(' ', hour AT TIME ZONE 'UTC', block)"
                                        + " FROM audit.event_hour"))
                .containsExactly("2026-05-04 03:00:00 0");
        try (var session = store().tryBecomeAppender().orElseThrow()) {
            assertThat(session.head().size()).isEqualTo(EVENTS);
            assertThat(session.headAt(EVENTS)).isEqualTo(session.head());
        }
    }

    private PostgresAuditStore store() {
        return new PostgresAuditStore(
                new DriverManagerDataSource(
                        database.jdbcUrl(), database.username(), database.password()));
    }

    private void migrate(String target) {
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.username(), database.password())
                .locations("classpath:db/audit")
                .schemas("audit")
                .javaMigrations(new V3__LeavesOfEarlierEvents())
                .target(target)
                .load()
                .migrate();
    }

    private void fill() throws SQLException {
        try (var connection = rows.connect();
                var statement = connection.createStatement()) {
            statement.execute(
                    """
                    INSERT INTO audit.audit_event
                        (sequence, event_id, time, type, outcome, reason, tenant, email_masked, ip,
                         user_agent, data)
                    SELECT n, lpad(to_hex(n), 32, '0')::uuid, '2026-05-04T03:02:01.123456Z',
                           'LinkConfirmed', 'success', 'r', 'default', 'a***@mail.example',
                           '203.0.113.7', 'agent',
                           CASE n WHEN 9 THEN %s ELSE '{"means": "button"}' END::jsonb
                      FROM generate_series(0, %d) n
                    """
                            .formatted(LARGEST, EVENTS - 1));
            statement.execute("UPDATE audit.log_state SET size = " + EVENTS);
        }
    }
}
