package io.latchkey.standalone.inbox.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.latchkey.standalone.inbox.Mail;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mail in Mailpit's spelling; text and HTML only where one mail is asked for.
 *
 * @see <a href="https://mailpit.axllent.org/docs/api-v1/">Mailpit API</a>
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record MessageResponse(
        @JsonProperty("ID") String id,
        @JsonProperty("MessageID") String messageId,
        @JsonProperty("From") Address from,
        @JsonProperty("To") List<Address> to,
        @JsonProperty("Subject") String subject,
        @JsonProperty("Created") Instant created,
        @JsonProperty("Text") @Nullable String text,
        @JsonProperty("HTML") @Nullable String html) {

    record Address(@JsonProperty("Name") String name, @JsonProperty("Address") String mailbox) {
        static Address of(Mail.Address address) {
            return new Address(address.name(), address.mailbox());
        }
    }

    /** The newest first; {@code total} counts those that are not listed, too. */
    record Page(int total, List<MessageResponse> messages) {}

    static MessageResponse summary(Mail mail) {
        return of(mail, null, null);
    }

    static MessageResponse whole(Mail mail) {
        return of(mail, mail.text(), mail.html());
    }

    private static MessageResponse of(Mail mail, @Nullable String text, @Nullable String html) {
        return new MessageResponse(
                mail.id(),
                mail.messageId(),
                Address.of(mail.from()),
                mail.to().stream().map(Address::of).toList(),
                mail.subject(),
                mail.receivedAt(),
                text,
                html);
    }
}
