package io.latchkey.standalone.inbox;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads MIME. A mail that is not quite in order is still kept: what cannot be read is empty.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc2045">RFC 2045</a>
 */
final class MailParser {
    private static final Session SESSION = Session.getInstance(new Properties());

    private MailParser() {}

    /**
     * @param recipient of the envelope; stands in where the mail names nobody
     */
    static Mail parse(String recipient, byte[] raw, Instant receivedAt) {
        try {
            return parse(
                    new MimeMessage(SESSION, new ByteArrayInputStream(raw)),
                    recipient,
                    raw,
                    receivedAt);
        } catch (MessagingException | IOException e) {
            return unreadable(recipient, raw, receivedAt);
        }
    }

    private static Mail parse(MimeMessage message, String recipient, byte[] raw, Instant receivedAt)
            throws MessagingException, IOException {
        var from = addresses(message.getHeader("From", ","));
        var to = addresses(message.getHeader("To", ","));
        return new Mail(
                UUID.randomUUID().toString(),
                strip(message.getMessageID()),
                from.isEmpty() ? new Mail.Address("", "") : from.getFirst(),
                to.isEmpty() ? List.of(new Mail.Address("", recipient)) : to,
                orEmpty(message.getSubject()),
                receivedAt,
                body(message, "text/plain"),
                body(message, "text/html"),
                headers(message),
                ByteBuffer.wrap(raw).asReadOnlyBuffer());
    }

    private static Mail unreadable(String recipient, byte[] raw, Instant receivedAt) {
        return new Mail(
                UUID.randomUUID().toString(),
                "",
                new Mail.Address("", ""),
                List.of(new Mail.Address("", recipient)),
                "(a mail that cannot be read)",
                receivedAt,
                "",
                "",
                Map.of(),
                ByteBuffer.wrap(raw).asReadOnlyBuffer());
    }

    private static List<Mail.Address> addresses(@Nullable String header) {
        if (header == null) {
            return List.of();
        }
        try {
            return Arrays.stream(InternetAddress.parseHeader(header, false))
                    .map(
                            address ->
                                    new Mail.Address(
                                            orEmpty(address.getPersonal()),
                                            orEmpty(address.getAddress())))
                    .toList();
        } catch (MessagingException e) {
            return List.of(new Mail.Address("", header));
        }
    }

    /** All inline parts of this type, one after the other. */
    private static String body(Part part, String type) throws MessagingException, IOException {
        if (Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition())) {
            return "";
        }
        if (part.isMimeType(type)) {
            return String.valueOf(part.getContent());
        }
        if (!part.isMimeType("multipart/*") || !(part.getContent() instanceof Multipart parts)) {
            return "";
        }
        var text = new StringBuilder();
        for (int i = 0; i < parts.getCount(); i++) {
            BodyPart inner = parts.getBodyPart(i);
            text.append(body(inner, type));
        }
        return text.toString();
    }

    private static Map<String, List<String>> headers(MimeMessage message)
            throws MessagingException {
        var headers = new LinkedHashMap<String, List<String>>();
        for (var header : Collections.list(message.getAllHeaders())) {
            headers.computeIfAbsent(header.getName(), _ -> new ArrayList<>())
                    .add(MimeUtility.unfold(orEmpty(header.getValue())));
        }
        return headers;
    }

    private static String strip(@Nullable String messageId) {
        return orEmpty(messageId).strip().replaceAll("^<|>$", "");
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
