package io.latchkey.audit.query.web;

import io.latchkey.audit.platform.AuditReader;
import io.latchkey.audit.query.AuditFilter;
import io.latchkey.audit.query.Cursor;
import io.latchkey.audit.query.Order;
import io.latchkey.audit.query.PageRequest;
import io.latchkey.audit.trail.AuditEvent;
import io.latchkey.audit.trail.ClientAddress;
import io.latchkey.events.AppId;
import io.latchkey.events.EmailAddress;
import io.latchkey.events.LinkId;
import io.latchkey.events.Outcome;
import io.latchkey.events.SessionId;
import io.latchkey.events.UserId;
import io.latchkey.events.secret.SubjectKey;
import io.latchkey.events.wire.EventTypes;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/** What a caller of the event list asks for. */
record EventQuery(AuditFilter filter, PageRequest page) {
    private static final Set<String> KNOWN =
            Set.of(
                    "from",
                    "to",
                    "type",
                    "outcome",
                    "app_id",
                    "email",
                    "user_id",
                    "link_id",
                    "session_id",
                    "ip",
                    "limit",
                    "cursor",
                    "order");

    private static final Set<String> TYPES =
            EventTypes.all().stream().map(Class::getSimpleName).collect(Collectors.toSet());

    /**
     * @throws io.latchkey.audit.problem.Problem if anything is unknown or not as expected
     */
    static EventQuery of(
            MultiValueMap<String, String> given, AuditReader reader, SubjectKey subjectKey) {
        var parameters = new EventParameters(given, KNOWN);
        var filter = filter(parameters, reader, subjectKey);
        var order =
                Objects.requireNonNullElse(
                        parameters.get("order", EventQuery::order, "asc or desc"),
                        Order.NEWEST_FIRST);
        var limit =
                Objects.requireNonNullElse(
                        parameters.get("limit", EventQuery::limit, "1 to 200"),
                        PageRequest.DEFAULT_LIMIT);
        var cursor =
                parameters.get(
                        "cursor",
                        text ->
                                Cursor.parse(text)
                                        .filter(each -> each.order() == order)
                                        .orElse(null),
                        "a next_cursor of the same order");
        parameters.check();
        return new EventQuery(filter, new PageRequest(order, cursor, limit));
    }

    private static AuditFilter filter(
            EventParameters parameters, AuditReader reader, SubjectKey subjectKey) {
        return new AuditFilter(
                reader.tenant(),
                parameters.get("from", EventQuery::time, "an RFC 3339 time"),
                parameters.get("to", EventQuery::time, "an RFC 3339 time"),
                parameters.get("type", EventQuery::type, "the name of an event"),
                parameters.get("outcome", EventQuery::outcome, "success, refused or failure"),
                parameters.get("app_id", AppId::parse, "an app's id"),
                parameters.get(
                        "email",
                        text -> subjectKey.subject(EmailAddress.parse(text)),
                        "an e-mail address"),
                parameters.get("user_id", UserId::parse, "a user's id"),
                parameters.get("link_id", LinkId::parse, "a link's id"),
                parameters.get("session_id", SessionId::parse, "a session's id"),
                parameters.get(
                        "ip", text -> ClientAddress.parse(text).orElse(null), "an IP address"));
    }

    private static @Nullable Instant time(String text) {
        var time = OffsetDateTime.parse(text).toInstant();
        return AuditEvent.isInRange(time) ? time : null;
    }

    private static @Nullable String type(String text) {
        return TYPES.contains(text) ? text : null;
    }

    private static @Nullable Outcome outcome(String text) {
        return Arrays.stream(Outcome.values())
                .filter(outcome -> outcome.toString().equals(text))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Order order(String text) {
        return switch (text) {
            case "asc" -> Order.OLDEST_FIRST;
            case "desc" -> Order.NEWEST_FIRST;
            default -> null;
        };
    }

    private static @Nullable Integer limit(String text) {
        var limit = Integer.parseInt(text);
        return limit >= 1 && limit <= PageRequest.MAX_LIMIT ? limit : null;
    }
}
