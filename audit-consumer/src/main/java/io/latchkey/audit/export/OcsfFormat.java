package io.latchkey.audit.export;

import io.latchkey.audit.trail.RecordedEvent;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * OCSF's Authentication (class 3002). What the class has no attribute for is under {@code
 * unmapped}, so that nothing is lost.
 *
 * @see <a href="https://schema.ocsf.io/1.3.0/classes/authentication">OCSF 1.3.0, Authentication</a>
 */
final class OcsfFormat implements ExportFormat {
    private static final String VERSION = "1.3.0";
    private static final int CATEGORY = 3;
    private static final int CLASS = 3002;
    private static final int OTHER = 99;

    private static final Map<String, Activity> ACTIVITIES =
            Map.of(
                    "SessionIssued", new Activity(1, "Logon"),
                    "SessionRevoked", new Activity(2, "Logoff"),
                    "LinkRequested", new Activity(3, "Authentication Ticket"),
                    "LinkSuppressed", new Activity(3, "Authentication Ticket"),
                    "LinkRefused", new Activity(3, "Authentication Ticket"),
                    "LinkConfirmed", new Activity(4, "Service Ticket Request"),
                    "LinkRejected", new Activity(4, "Service Ticket Request"),
                    "CodeRejected", new Activity(4, "Service Ticket Request"),
                    "SessionRefreshed", new Activity(5, "Service Ticket Renew"));

    private static final Set<String> WORRYING =
            Set.of("RefreshReuseDetected", "Alert", "RecordSetAside");

    /** What has an attribute of its own. */
    private static final Set<String> MAPPED =
            Set.of(
                    "event_id",
                    "sequence",
                    "time",
                    "type",
                    "outcome",
                    "reason",
                    "tenant",
                    "user_id",
                    "email_masked",
                    "session_id",
                    "ip",
                    "user_agent",
                    "request_id");

    private final JsonMapper json = JsonMapper.shared();

    private record Activity(int id, String name) {}

    @Override
    public String line(RecordedEvent recorded) {
        var event = json.readTree(recorded.json());
        var type = text(event, "type");
        var activity = ACTIVITIES.getOrDefault(type, new Activity(OTHER, String.valueOf(type)));
        var time = Instant.parse(String.valueOf(text(event, "time")));
        var ocsf = json.createObjectNode();
        ocsf.put("category_uid", CATEGORY)
                .put("category_name", "Identity & Access Management")
                .put("class_uid", CLASS)
                .put("class_name", "Authentication")
                .put("activity_id", activity.id())
                .put("activity_name", activity.name())
                .put("type_uid", CLASS * 100L + activity.id())
                .put("type_name", "Authentication: " + activity.name())
                .put("time", time.toEpochMilli())
                .put("time_dt", time.toString())
                .put("message", type)
                .put("auth_protocol_id", OTHER)
                .put("auth_protocol", "Magic link")
                .put("is_remote", true);
        severity(ocsf, type);
        status(ocsf, event);
        metadata(ocsf, event);
        ocsf.set("user", user(event));
        client(ocsf, event);
        ocsf.set("unmapped", unmapped(event));
        return ocsf.toString();
    }

    private static void severity(ObjectNode ocsf, @Nullable String type) {
        var worrying = type != null && WORRYING.contains(type);
        ocsf.put("severity_id", worrying ? 3 : 1)
                .put("severity", worrying ? "Medium" : "Informational");
    }

    private static void status(ObjectNode ocsf, JsonNode event) {
        var outcome = text(event, "outcome");
        if (outcome == null) {
            ocsf.put("status_id", 0).put("status", "Unknown");
        } else {
            var success = outcome.equals("success");
            ocsf.put("status_id", success ? 1 : 2)
                    .put("status", success ? "Success" : "Failure")
                    .put("status_code", outcome);
        }
        putIfThere(ocsf, "status_detail", text(event, "reason"));
    }

    private static void metadata(ObjectNode ocsf, JsonNode event) {
        var metadata = ocsf.putObject("metadata");
        metadata.put("version", VERSION)
                .put("uid", text(event, "event_id"))
                .put("sequence", event.path("sequence").asLong())
                .put("event_code", text(event, "type"));
        putIfThere(metadata, "tenant_uid", text(event, "tenant"));
        putIfThere(metadata, "correlation_uid", text(event, "request_id"));
        metadata.putObject("product").put("name", "Latchkey").put("vendor_name", "Latchkey");
    }

    private ObjectNode user(JsonNode event) {
        var user = json.createObjectNode();
        putIfThere(user, "uid", text(event, "user_id"));
        putIfThere(user, "uid_alt", text(event, "subject"));
        putIfThere(user, "name", text(event, "email_masked"));
        if (user.isEmpty()) {
            user.put("name", "unknown");
        }
        return user.put("type_id", 1).put("type", "User");
    }

    private static void client(ObjectNode ocsf, JsonNode event) {
        var session = text(event, "session_id");
        if (session != null) {
            ocsf.putObject("session").put("uid", session);
        }
        var ip = text(event, "ip");
        if (ip != null) {
            ocsf.putObject("src_endpoint").put("ip", ip);
        }
        var agent = text(event, "user_agent");
        if (agent != null) {
            ocsf.putObject("http_request").put("user_agent", agent);
        }
    }

    private static ObjectNode unmapped(JsonNode event) {
        var rest = ((ObjectNode) event).deepCopy();
        rest.remove(MAPPED);
        return rest;
    }

    private static void putIfThere(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    private static @Nullable String text(JsonNode event, String name) {
        var value = event.get(name);
        return value == null ? null : value.stringValue();
    }
}
