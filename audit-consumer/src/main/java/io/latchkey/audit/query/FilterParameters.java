package io.latchkey.audit.query;

import io.latchkey.audit.problem.QueryParameters;
import io.latchkey.audit.trail.AuditEvent;
import io.latchkey.audit.trail.ClientAddress;
import io.latchkey.events.AppId;
import io.latchkey.events.EmailAddress;
import io.latchkey.events.LinkId;
import io.latchkey.events.Outcome;
import io.latchkey.events.SessionId;
import io.latchkey.events.Subject;
import io.latchkey.events.UserId;
import io.latchkey.events.secret.SubjectKey;
import io.latchkey.events.wire.EventTypes;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The filter, as every way of reading events takes it from the caller. */
@Component
public final class FilterParameters {
    /** The parameters that are read here. */
    public static final Set<String> NAMES =
            Set.of(
                    "from",
                    "to",
                    "type",
                    "outcome",
                    "app_id",
                    "email",
                    "subject",
                    "user_id",
                    "link_id",
                    "session_id",
                    "ip");

    private static final Set<String> TYPES =
            Stream.concat(
                            EventTypes.all().stream().map(Class::getSimpleName),
                            Stream.of(AuditEvent.RECORD_SET_ASIDE))
                    .collect(Collectors.toUnmodifiableSet());

    private final SubjectKey subjectKey;

    FilterParameters(SubjectKey subjectKey) {
        this.subjectKey = subjectKey;
    }

    /** The names that {@code type} may have, in the order of the alphabet. */
    public static List<String> types() {
        return TYPES.stream().sorted().toList();
    }

    /**
     * What is wrong is gathered in the parameters.
     *
     * @param tenant the reader's own, where the reader sees no other
     */
    public AuditFilter read(QueryParameters parameters, @Nullable String tenant) {
        return new AuditFilter(
                tenant,
                parameters.time("from"),
                parameters.time("to"),
                parameters.get("type", FilterParameters::type, "the name of an event"),
                parameters.get("outcome", FilterParameters::outcome, "success, refused or failure"),
                parameters.get("app_id", AppId::parse, "an app's id"),
                subject(parameters),
                parameters.get("user_id", UserId::parse, "a user's id"),
                parameters.get("link_id", LinkId::parse, "a link's id"),
                parameters.get("session_id", SessionId::parse, "a session's id"),
                parameters.get(
                        "ip", text -> ClientAddress.parse(text).orElse(null), "an IP address"));
    }

    /** By the address itself, or by what events have in its place. */
    private @Nullable Subject subject(QueryParameters parameters) {
        var ofAddress =
                parameters.get(
                        "email",
                        text -> subjectKey.subject(EmailAddress.parse(text)),
                        "an e-mail address");
        var subject = parameters.get("subject", Subject::new, "a subject of events");
        if (ofAddress != null && subject != null) {
            parameters.wrong("subject", "not together with email");
        }
        return ofAddress == null ? subject : ofAddress;
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
}
