package io.latchkey.audit.query.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.audit.AuditProcess;
import io.latchkey.audit.TestIssuer;
import io.latchkey.audit.TrailRows;
import io.latchkey.audit.query.AuditFilter;
import io.latchkey.audit.query.Cursor;
import io.latchkey.audit.query.EventStore;
import io.latchkey.audit.query.Order;
import io.latchkey.audit.query.PageRequest;
import io.latchkey.audit.trail.RecordedEvent;
import io.latchkey.testing.TestPostgres;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Pages of a time, of a trail of several blocks: one event a second, each of them up to a minute
 * late, and now and then one that says that it is of another year.
 */
class TimePagesIT {
    private static final int EVENTS = 60_000;
    private static TrailRows rows;
    private static AuditProcess process;

    @BeforeAll
    static void fill() throws SQLException {
        var database = TestPostgres.database("time_pages");
        rows = new TrailRows(database);
        // Makes the tables, and finds no Kafka to read from.
        process = AuditProcess.startUnready(database, "localhost:1", TestIssuer.jwksUrl());
        try (var connection = rows.connect();
                var statement = connection.createStatement()) {
            statement.execute(
                    """
                    INSERT INTO audit.audit_event (sequence, time, type, leaf)
                    SELECT n, CASE WHEN n %% 9973 = 0 THEN '2031-01-01T00:00:00Z'::timestamptz
                                   WHEN n %% 9967 = 0 THEN '2019-01-01T00:00:00Z'
                                   ELSE '2026-05-04T00:00:00Z'::timestamptz
                                        + (n - n * 7919 %% 60) * interval '1 second' END,
                           CASE n %% 3 WHEN 0 THEN 'MailSent' ELSE 'LinkConfirmed' END,
                           convert_to('{"sequence":' || n || '}', 'UTF8')
                      FROM generate_series(0::bigint, %d) n
                    """
                            .formatted(EVENTS - 1));
            statement.execute(
                    """
                    INSERT INTO audit.event_hour
                    SELECT DISTINCT date_trunc('hour', time, 'UTC'), sequence / 16384
                      FROM audit.audit_event
                    """);
            statement.execute("UPDATE audit.log_state SET size = " + EVENTS);
        }
    }

    @AfterAll
    static void stop() {
        process.close();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-05-04T04:30:00Z, 2026-05-04T04:52:00Z, ",
        "2026-05-04T04:30:00Z, 2026-05-04T04:52:00Z, MailSent",
        "2026-05-04T16:20:00Z, , ",
        ", 2026-05-04T00:20:00Z, ",
        "2026-05-04T05:00:00Z, 2026-05-04T05:00:01Z, ",
        "2026-05-04T13:59:59.999999Z, 2026-05-04T14:20:00Z, ",
        "2027-01-01T00:00:00Z, , ",
        ", 2020-01-01T00:00:00Z, ",
        "2021-01-01T00:00:00Z, 2022-01-01T00:00:00Z, "
    })
    void pagesOfATimeHaveAllOfItInOrder(
            @Nullable Instant from, @Nullable Instant to, @Nullable String type) {
        var filter =
                new AuditFilter(null, from, to, type, null, null, null, null, null, null, null);
        var expected =
                rows
                        .texts(
                                """
                                SELECT sequence FROM audit.audit_event
                                 WHERE time >= '%s' AND time < '%s' AND type LIKE '%s'
                                 ORDER BY sequence
                                """
                                        .formatted(
                                                Objects.requireNonNullElse(from, "-infinity"),
                                                Objects.requireNonNullElse(to, "infinity"),
                                                Objects.requireNonNullElse(type, "%")))
                        .stream()
                        .map(Long::valueOf)
                        .toList();

        assertThat(walk(filter, Order.OLDEST_FIRST)).isEqualTo(expected);
        assertThat(walk(filter, Order.NEWEST_FIRST)).isEqualTo(expected.reversed());
    }

    private static List<Long> walk(AuditFilter filter, Order order) {
        var events = process.bean(EventStore.class);
        var found = new ArrayList<Long>();
        Cursor after = null;
        do {
            var page =
                    Objects.requireNonNull(
                            events.find(filter, new PageRequest(order, after, 170)).block());
            page.events().stream().map(RecordedEvent::sequence).forEach(found::add);
            after = page.next();
        } while (after != null);
        return found;
    }
}
