package io.latchkey.audit.query.postgres;

import io.latchkey.audit.query.AuditFilter;
import io.latchkey.audit.query.Cursor;
import io.latchkey.audit.query.Order;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A filter in SQL: fixed fragments for what is given, and the values as named binds. */
final class Conditions {
    private final List<String> fragments = new ArrayList<>();
    private final Map<String, Object> binds = new HashMap<>();

    private Conditions() {}

    static Conditions of(AuditFilter filter, Order order, @Nullable Cursor after) {
        var conditions = of(filter);
        conditions.and(
                order == Order.NEWEST_FIRST ? "sequence < :after" : "sequence > :after",
                "after",
                after == null ? null : after.last());
        return conditions;
    }

    static Conditions of(AuditFilter filter, long first, long end) {
        var conditions = of(filter);
        conditions.and("sequence >= :first", "first", first);
        conditions.and("sequence < :end", "end", end);
        return conditions;
    }

    private static Conditions of(AuditFilter filter) {
        var conditions = new Conditions();
        conditions.and("tenant = :tenant", "tenant", filter.tenant());
        conditions.and("time >= :from", "from", filter.from());
        conditions.and("time < :to", "to", filter.to());
        conditions.and("type = :type", "type", filter.type());
        var outcome = filter.outcome();
        conditions.and(
                "outcome = :outcome", "outcome", outcome == null ? null : outcome.toString());
        var app = filter.appId();
        conditions.and("app_id = :app", "app", app == null ? null : app.value());
        var subject = filter.subject();
        conditions.and("subject = :subject", "subject", subject == null ? null : subject.value());
        var user = filter.userId();
        conditions.and("user_id = :user", "user", user == null ? null : user.value());
        var link = filter.linkId();
        conditions.and("link_id = :link", "link", link == null ? null : link.value());
        var session = filter.sessionId();
        conditions.and(
                "session_id = :session", "session", session == null ? null : session.value());
        var ip = filter.ip();
        conditions.and("ip = :ip::inet", "ip", ip == null ? null : ip.getHostAddress());
        return conditions;
    }

    private void and(String fragment, String name, @Nullable Object value) {
        if (value != null) {
            fragments.add(fragment);
            binds.put(name, value);
        }
    }

    /** Which hours the time that is asked for touches; empty where none is. */
    String hours() {
        var hours = new ArrayList<String>();
        if (binds.containsKey("from")) {
            hours.add("hour > :from - interval '1 hour'");
        }
        if (binds.containsKey("to")) {
            hours.add("hour < :to");
        }
        return String.join(" AND ", hours);
    }

    String where() {
        return fragments.isEmpty() ? "" : " WHERE " + String.join(" AND ", fragments);
    }

    Map<String, Object> binds() {
        return binds;
    }
}
