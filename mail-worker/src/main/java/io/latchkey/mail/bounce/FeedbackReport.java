package io.latchkey.mail.bounce;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a feedback loop tells: that somebody has reported a mail as unwanted. Of the other kinds one
 * says the opposite, and one is about how the mail is signed.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc5965#section-3.1">RFC 5965 §3.1</a>
 */
final class FeedbackReport {
    private static final Set<String> COMPLAINTS = Set.of("abuse", "fraud");

    private FeedbackReport() {}

    static boolean isComplaint(List<BodyPart> parts) throws MessagingException, IOException {
        return ReportFields.of(parts, "message/feedback-report").stream()
                .map(group -> ReportFields.value(group, "Feedback-Type"))
                .anyMatch(type -> COMPLAINTS.contains(type.toLowerCase(Locale.ROOT)));
    }
}
