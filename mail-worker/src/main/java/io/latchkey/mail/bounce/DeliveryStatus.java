package io.latchkey.mail.bounce;

import io.latchkey.events.FailureClass;
import io.latchkey.events.LinkId;
import io.latchkey.events.MailBounced;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a delivery status notification says of the one recipient that our mails have. A delay is no
 * failure: the relay goes on trying.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc3464#section-2.3">RFC 3464 §2.3</a>
 */
final class DeliveryStatus {
    private static final Pattern STATUS = Pattern.compile("[245]\\.[0-9]{1,3}\\.[0-9]{1,3}");

    /** Its type before it. */
    private static final Pattern ADDRESS =
            Pattern.compile("(?:rfc822|utf-8) *; *<?([^<>\\s]+)>?", Pattern.CASE_INSENSITIVE);

    private DeliveryStatus() {}

    /**
     * @param recipients whom the mail did not reach, lower case; none where the report does not say
     * @param status of RFC 3463; null where the report has none that can be read
     */
    record Failure(Set<String> recipients, @Nullable String status) {
        /** Not so where he passes his mails on, and it is that other mailbox which fails. */
        boolean isOf(String recipient) {
            return recipients.isEmpty() || recipients.contains(recipient.toLowerCase(Locale.ROOT));
        }

        /** Permanent only where the status says so. */
        MailBounced of(LinkId link) {
            var permanent = status != null && status.startsWith("5");
            return MailBounced.of(
                    link, permanent ? FailureClass.PERMANENT : FailureClass.TRANSIENT, status);
        }
    }

    /** Empty where nothing failed. */
    static Optional<Failure> failure(List<BodyPart> parts) throws MessagingException, IOException {
        var fields = ReportFields.of(parts, "message/delivery-status");
        if (fields.isEmpty()) {
            fields = ReportFields.of(parts, "message/global-delivery-status");
        }
        return fields.stream()
                .filter(group -> ReportFields.value(group, "Action").equalsIgnoreCase("failed"))
                .findFirst()
                .map(group -> new Failure(recipients(group), status(group)));
    }

    /** That which our relay was given, and that which failed in the end. */
    private static Set<String> recipients(InternetHeaders group) {
        return Stream.of("Original-Recipient", "Final-Recipient")
                .map(name -> ADDRESS.matcher(ReportFields.value(group, name)))
                .filter(Matcher::matches)
                .map(address -> address.group(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static @Nullable String status(InternetHeaders group) {
        var status = ReportFields.value(group, "Status");
        return STATUS.matcher(status).matches() ? status : null;
    }
}
