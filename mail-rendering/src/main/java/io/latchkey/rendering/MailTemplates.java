package io.latchkey.rendering;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The two parts of a mail, filled with words; lines end as SMTP has them. */
final class MailTemplates {
    private final Template html = template("mail/sign-in.html", true);
    private final Template text = template("mail/sign-in.txt", false);

    private static Template template(String name, boolean escape) {
        try (var reader =
                new InputStreamReader(
                        Objects.requireNonNull(
                                MailTemplates.class.getClassLoader().getResourceAsStream(name),
                                name),
                        StandardCharsets.UTF_8)) {
            return Mustache.compiler().escapeHTML(escape).compile(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text(MailWords words) {
        return lines(text.execute(words));
    }

    String html(MailWords words) {
        return lines(html.execute(words));
    }

    private static String lines(String rendered) {
        return rendered.replace("\r\n", "\n").replace("\n", "\r\n");
    }
}
