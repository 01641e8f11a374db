package io.latchkey.mail.relay.sendgrid;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.latchkey.events.EmailAddress;
import io.latchkey.rendering.Mail;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A mail as the API wants it. Links stay as they are: rewritten for counting, they would pass
 * through somebody else's hands.
 *
 * @param customArgs come back with what SendGrid reports later
 * @see <a href="https://www.twilio.com/docs/sendgrid/api-reference/mail-send/mail-send">SendGrid,
 *     Mail Send</a>
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SendGridBody(
        List<Personalization> personalizations,
        Address from,
        @Nullable Address replyTo,
        String subject,
        List<Content> content,
        Map<String, String> headers,
        Map<String, String> customArgs,
        Map<String, Switch> trackingSettings) {
    private static final Switch OFF = new Switch(false);
    private static final Map<String, Switch> NO_TRACKING =
            Map.of(
                    "click_tracking", OFF,
                    "open_tracking", OFF,
                    "subscription_tracking", OFF,
                    "ganalytics", OFF);

    record Personalization(List<Address> to) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Address(String email, @Nullable String name) {
        static Address of(EmailAddress address) {
            return new Address(address.value(), null);
        }
    }

    record Content(String type, String value) {}

    record Switch(boolean enable) {}

    static SendGridBody of(Mail mail) {
        return new SendGridBody(
                List.of(new Personalization(List.of(Address.of(mail.to())))),
                new Address(mail.fromAddress(), mail.fromName()),
                mail.replyTo() == null ? null : Address.of(mail.replyTo()),
                mail.subject(),
                // In this order, says the API.
                List.of(
                        new Content("text/plain", mail.text()),
                        new Content("text/html", mail.html())),
                Map.of(
                        "Message-ID", mail.messageId(),
                        "Auto-Submitted", "auto-generated",
                        "Content-Language", mail.locale().toLanguageTag()),
                Map.of("link_id", linkId(mail.messageId())),
                NO_TRACKING);
    }

    /** The id of a mail begins with its link's. */
    private static String linkId(String messageId) {
        return messageId.split("[<.@]", 3)[1];
    }

    /** It holds the address, the link and the code. */
    @Override
    public String toString() {
        return "SendGridBody[" + headers.get("Message-ID") + "]";
    }
}
