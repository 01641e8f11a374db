package io.latchkey.mail.bounce;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The part of a report that is for machines: groups of fields, with empty lines between them. */
final class ReportFields {
    private static final Pattern EMPTY_LINE = Pattern.compile("\\r?\\n[ \\t]*\\r?\\n");

    /** A report of ours is about one recipient: two groups. */
    private static final int MOST_GROUPS = 100;

    private ReportFields() {}

    /** The groups of the first part of this type; none where there is no such part. */
    static List<InternetHeaders> of(List<BodyPart> parts, String type)
            throws MessagingException, IOException {
        for (var part : parts) {
            if (part.isMimeType(type)) {
                return groups(part);
            }
        }
        return List.of();
    }

    private static List<InternetHeaders> groups(BodyPart part)
            throws MessagingException, IOException {
        // Of ASCII alone; whatever else is in it harms nobody.
        var text = new String(part.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        var groups = new ArrayList<InternetHeaders>();
        for (var group : EMPTY_LINE.split(text, -1)) {
            if (!group.isBlank() && groups.size() < MOST_GROUPS) {
                groups.add(fields(group));
            }
        }
        return groups;
    }

    private static InternetHeaders fields(String group) throws MessagingException {
        var bytes = (group.strip() + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
        return new InternetHeaders(new ByteArrayInputStream(bytes));
    }

    /** The value of a field without its comments; empty where there is none. */
    static String value(InternetHeaders group, String name) {
        var value = group.getHeader(name, null);
        return value == null ? "" : value.replaceAll("\\([^()]{0,1000}\\)", "").strip();
    }
}
