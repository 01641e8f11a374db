package io.latchkey.audit.query.postgres;

import io.latchkey.audit.query.Order;

/** Reads one page, by sequence. */
final class PageStatement {
    private static final String PLAIN =
            """
            SELECT {columns} FROM audit.audit_event
             {where} ORDER BY sequence {direction} LIMIT :limit
            """;

    /**
     * Where a time is asked for: block by block of those that have events of its hours. Without
     * them, a page of last month would read all that came since.
     */
    private static final String OF_A_TIME =
            """
            SELECT e.sequence, e.json
              FROM (SELECT DISTINCT block FROM audit.event_hour WHERE {hours}) b
                   CROSS JOIN LATERAL (
                       SELECT {columns} FROM audit.audit_event
                        {where} AND sequence >= b.block * 16384
                                AND sequence < (b.block + 1) * 16384
                        ORDER BY sequence {direction} LIMIT :limit) e
             ORDER BY b.block {direction}, e.sequence {direction} LIMIT :limit
            """;

    private PageStatement() {}

    static String of(Conditions conditions, Order order) {
        var hours = conditions.hours();
        return (hours.isEmpty() ? PLAIN : OF_A_TIME)
                .replace("{hours}", hours)
                .replace("{columns}", EventRow.COLUMNS)
                .replace("{where}", conditions.where())
                .replace("{direction}", order == Order.NEWEST_FIRST ? "DESC" : "ASC");
    }
}
