package io.latchkey.mail.preview;

import io.latchkey.rendering.MailLanguages;
import io.latchkey.rendering.MailPreview;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/**
 * {@code mail-preview --out=DIR} writes {@code mail-<language>.html} and {@code .txt} as mails are
 * made, and sends nothing: it needs no key, no Kafka and no relay. {@code --locale=ja} writes that
 * language alone; what else there is stands for an app's branding and words.
 */
public final class MailPreviewCommand {
    public static final String NAME = "mail-preview";
    private final InstantSource clock;

    public MailPreviewCommand(InstantSource clock) {
        this.clock = clock;
    }

    /** Exit code 0, with the names of the files; or 2, with one line on standard error. */
    @SuppressWarnings("SystemOut") // a command answers on standard output
    public int run(String... arguments) {
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        try {
            write(PreviewOptions.parse(List.of(arguments).subList(1, arguments.length)))
                    .forEach(out::println);
            return 0;
        } catch (IllegalArgumentException | UncheckedIOException e) {
            new PrintWriter(System.err, true, StandardCharsets.UTF_8).println(e.getMessage());
            return 2;
        }
    }

    private List<Path> write(PreviewOptions options) {
        var now = clock.instant();
        return options.locale().map(List::of).orElseGet(MailPreviewCommand::everyLanguage).stream()
                .map(locale -> MailPreview.of(options.draft(locale, now)))
                .flatMap(mail -> write(options.directory(), mail).stream())
                .toList();
    }

    private static List<String> everyLanguage() {
        return MailLanguages.SPOKEN.stream().map(Locale::toLanguageTag).toList();
    }

    private static List<Path> write(Path directory, MailPreview mail) {
        var html = directory.resolve("mail-" + mail.locale() + ".html");
        var text = directory.resolve("mail-" + mail.locale() + ".txt");
        var headers = "From: " + mail.fromName() + "\r\nSubject: " + mail.subject() + "\r\n\r\n";
        try {
            Files.createDirectories(directory);
            Files.writeString(html, mail.html());
            Files.writeString(text, headers + mail.text());
            return List.of(html, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + directory, e);
        }
    }
}
