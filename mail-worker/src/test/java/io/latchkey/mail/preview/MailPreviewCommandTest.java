package io.latchkey.mail.preview;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailPreviewCommandTest {
    private final MailPreviewCommand command =
            new MailPreviewCommand(InstantSource.fixed(Instant.parse("2026-03-04T05:06:07Z")));

    @Test
    void everyLanguageIsWrittenAsHtmlAndText(@TempDir Path directory) throws IOException {
        var exit = command.run("mail-preview", "--out=" + directory.resolve("new"));

        assertThat(exit).isZero();
        try (var files = Files.list(directory.resolve("new"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "mail-en.html",
                            "mail-en.txt",
                            "mail-de.html",
                            "mail-de.txt",
                            "mail-fr.html",
                            "mail-fr.txt",
                            "mail-es.html",
                            "mail-es.txt",
                            "mail-ja.html",
                            "mail-ja.txt");
        }
    }

    @Test
    void brandingAndWordsAreThoseOfTheCommand(@TempDir Path directory) throws IOException {
        command.run(
                "mail-preview",
                "--out=" + directory,
                "--locale=ja",
                "--app=Acme Notes",
                "--color=#123456",
                "--headline=<b>=</b>",
                "--footer=F");

        assertThat(directory.resolve("mail-en.html")).doesNotExist();
        assertThat(Files.readString(directory.resolve("mail-ja.html")))
                .contains("lang=\"ja\"", "#123456", "&lt;b&gt;&#x3D;&lt;/b&gt;", ">F</p>");
        assertThat(Files.readString(directory.resolve("mail-ja.txt")))
                .startsWith("From: Acme Notes\r\nSubject: Acme Notes へのサインイン\r\n\r\n")
                .contains("https://login.example/l/preview\r\n", "192.0.2.1", "Firefox", "2026");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--locale=ja", "--out", "--out=x --colour=#123456", "out=x"})
    void whatIsNoOptionOfItIsRefused(String options) {
        var arguments = ("mail-preview " + options).strip().split(" ");

        assertThat(command.run(arguments)).isEqualTo(2);
    }

    @Test
    void aFolderThatCannotBeMadeIsRefused(@TempDir Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("file"), "");

        assertThat(command.run("mail-preview", "--out=" + file)).isEqualTo(2);
    }
}
