package io.latchkey.auth.bounce;

import io.latchkey.events.FailureClass;
import io.latchkey.events.LinkId;
import io.latchkey.events.MailBounced;
import io.latchkey.events.secret.MailKeyRing;
import io.latchkey.events.secret.MessageIds;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what SendGrid tells: a JSON array of events of all kinds, whose fields it adds to as it
 * likes. Of interest are bounces, mails that it drops because of earlier ones, and complaints; our
 * link comes back as the custom argument {@code link_id} or in the Message-ID, {@code smtp-id}.
 *
 * @see <a href="https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event">Event
 *     Webhook Reference</a>
 */
final class SendGridEvents {
    private static final Pattern STATUS = Pattern.compile("[245]\\.[0-9]{1,3}\\.[0-9]{1,3}");
    private final JsonMapper json = new JsonMapper();
    private final MailKeyRing ring;

    SendGridEvents(MailKeyRing ring) {
        this.ring = ring;
    }

    /** Empty where the body is no array. */
    Optional<List<MailBounced>> bounces(byte[] body) {
        try {
            var events = json.readTree(body);
            return events.isArray()
                    ? Optional.of(
                            events.valueStream()
                                    .map(this::bounce)
                                    .flatMap(Optional::stream)
                                    .toList())
                    : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private Optional<MailBounced> bounce(JsonNode event) {
        return link(event).flatMap(link -> bounce(link, event));
    }

    private static Optional<MailBounced> bounce(LinkId link, JsonNode event) {
        return switch (text(event, "event")) {
            case "bounce" -> Optional.of(bounced(link, event));
            case "dropped" -> Optional.of(dropped(link, text(event, "reason")));
            case "spamreport" -> Optional.of(MailBounced.complaint(link));
            default -> Optional.empty();
        };
    }

    /** {@code blocked} is what a mailbox refuses now, and may take another time. */
    private static MailBounced bounced(LinkId link, JsonNode event) {
        var failureClass =
                text(event, "type").equals("blocked")
                        ? FailureClass.TRANSIENT
                        : FailureClass.PERMANENT;
        return MailBounced.of(link, failureClass, status(event));
    }

    /** It keeps a list of its own of addresses that it does not mail, and says what for. */
    private static MailBounced dropped(LinkId link, String reason) {
        return switch (reason) {
            case "Spam Reporting Address" -> MailBounced.complaint(link);
            case "Bounced Address", "Invalid" -> MailBounced.of(link, FailureClass.PERMANENT, null);
            default -> MailBounced.of(link, FailureClass.TRANSIENT, null);
        };
    }

    private Optional<LinkId> link(JsonNode event) {
        var argument = text(event, "link_id");
        return argument.isEmpty()
                ? MessageIds.open(text(event, "smtp-id"), ring)
                : linkId(argument);
    }

    private static Optional<LinkId> linkId(String text) {
        try {
            return Optional.of(LinkId.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static @Nullable String status(JsonNode event) {
        var status = text(event, "status");
        return STATUS.matcher(status).matches() ? status : null;
    }

    private static String text(JsonNode event, String name) {
        var value = event.path(name);
        return value.isString() ? value.stringValue() : "";
    }
}
