package io.latchkey.mail.bounce;

import io.latchkey.events.LinkId;
import io.latchkey.events.MailBounced;
import io.latchkey.events.secret.MailKeyRing;
import io.latchkey.events.secret.MessageIds;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.springframework.stereotype.Service;

/**
 * Tells what a mail in the mailbox is. Anybody can write to it, so a report counts only where it
 * holds the Message-ID of the mail that it is about, which nobody knows who has not seen that mail.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc3462">RFC 3462 (multipart/report)</a>
 */
@Service
public class ReadBounceMail {
    /**
     * Where reports put the mail that they are about, or its headers; the last ones are RFC 6533's.
     */
    private static final Set<String> ORIGINALS =
            Set.of(
                    "message/rfc822",
                    "text/rfc822-headers",
                    "message/rfc822-headers",
                    "message/global",
                    "message/global-headers");

    /** A report has three parts. */
    private static final int MOST_BOUNDARIES = 12;

    private final Session session = Session.getInstance(new Properties());
    private final MailKeyRing ring;

    ReadBounceMail(MailKeyRing ring) {
        this.ring = ring;
    }

    /**
     * @param raw the mail as it was received; whatever it is, there is an answer
     */
    public BounceMail read(byte[] raw) {
        try {
            var mail = new MimeMessage(session, new ByteArrayInputStream(raw));
            return hasFewParts(mail, raw) ? read(mail) : new BounceMail.Other();
        } catch (MessagingException | IOException | RuntimeException e) {
            // The library throws what it likes at malformed mail, and that is what it is.
            return new BounceMail.Other();
        }
    }

    /** Known before the library makes an object of each: a mail can have a hundred thousand. */
    private static boolean hasFewParts(MimeMessage mail, byte[] raw) throws MessagingException {
        var boundary = new ContentType(mail.getContentType()).getParameter("boundary");
        if (boundary == null || boundary.isEmpty()) {
            return false;
        }
        var text = new String(raw, StandardCharsets.ISO_8859_1);
        int found = -1;
        for (int lines = 0; lines < MOST_BOUNDARIES; lines++) {
            found = text.indexOf("--" + boundary, found + 1);
            if (found < 0) {
                return true;
            }
        }
        return false;
    }

    private BounceMail read(MimeMessage mail) throws MessagingException, IOException {
        var type = new ContentType(mail.getContentType());
        if (!type.match("multipart/report")) {
            return new BounceMail.Other();
        }
        var parts = parts(mail);
        var kind = Objects.requireNonNullElse(type.getParameter("report-type"), "");
        return switch (kind.toLowerCase(Locale.ROOT)) {
            case "delivery-status" ->
                    DeliveryStatus.failure(parts)
                            .map(failure -> about(parts, original -> failed(failure, original)))
                            .orElseGet(BounceMail.Other::new);
            case "feedback-report" ->
                    FeedbackReport.isComplaint(parts)
                            ? about(
                                    parts,
                                    original ->
                                            new BounceMail.Bounced(
                                                    MailBounced.complaint(original.link())))
                            : new BounceMail.Other();
            default -> new BounceMail.Other();
        };
    }

    /** Read from the bytes: no handler for a content type decides what they become. */
    private static List<BodyPart> parts(MimeMessage mail) throws MessagingException {
        var report = new MimeMultipart(mail.getDataHandler().getDataSource());
        var parts = new ArrayList<BodyPart>();
        for (int i = 0; i < report.getCount(); i++) {
            parts.add(report.getBodyPart(i));
        }
        return parts;
    }

    /** What to make of the mail that it is about, once it is known. */
    @FunctionalInterface
    private interface Report {
        BounceMail of(Original original);
    }

    /**
     * @param to empty where the report does not have it
     */
    private record Original(LinkId link, String to) {}

    private BounceMail about(List<BodyPart> parts, Report report) {
        return parts.stream()
                .map(this::original)
                .flatMap(Optional::stream)
                .findFirst()
                .map(report::of)
                .orElseGet(BounceMail.Forged::new);
    }

    private static BounceMail failed(DeliveryStatus.Failure failure, Original original) {
        return original.to().isEmpty() || failure.isOf(original.to())
                ? new BounceMail.Bounced(failure.of(original.link()))
                : new BounceMail.Other();
    }

    private Optional<Original> original(BodyPart part) {
        try {
            var type = new ContentType(part.getContentType()).getBaseType();
            if (!ORIGINALS.contains(type.toLowerCase(Locale.ROOT))) {
                return Optional.empty();
            }
            var headers = new InternetHeaders(part.getInputStream());
            var messageId = headers.getHeader("Message-ID", null);
            var to = Objects.requireNonNullElse(headers.getHeader("To", null), "");
            return Optional.ofNullable(messageId)
                    .flatMap(id -> MessageIds.open(id, ring))
                    .map(link -> new Original(link, to.replaceAll("[<>\\s]", "")));
        } catch (MessagingException | IOException e) {
            return Optional.empty();
        }
    }
}
