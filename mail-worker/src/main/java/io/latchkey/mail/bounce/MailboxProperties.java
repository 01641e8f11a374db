package io.latchkey.mail.bounce;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The mailbox that bounces and complaints come to. All that is in it is taken for such mail: give
 * it nothing else to do.
 *
 * @param host of its IMAP server; blank for none
 * @param port 0 for the usual one of the protocol
 * @param protocol {@code imaps}; or {@code imap}, which is TLS where the server offers it and clear
 *     text where it does not: for a server on the same host
 * @param user to sign in as
 * @param password a secret; blank where it is in the file
 * @param passwordFile its first line is the password, read anew at each look; blank where the
 *     password is given
 * @param folder that is looked into
 * @param every pause between two looks; 1 s to 1 h
 * @param delete whether mails are deleted once they are read, and not only marked as seen
 */
@Validated
@ConfigurationProperties("latchkey.mail.bounces")
public record MailboxProperties(
        @DefaultValue("") String host,
        @DefaultValue("0") @Min(0) @Max(65_535) int port,
        @DefaultValue("imaps") @Pattern(regexp = "imaps?") String protocol,
        @DefaultValue("") String user,
        @DefaultValue("") String password,
        @DefaultValue("") String passwordFile,
        @DefaultValue("INBOX") @NotBlank String folder,
        @DefaultValue("30s") @DurationMin(seconds = 1) @DurationMax(hours = 1) Duration every,
        @DefaultValue("false") boolean delete) {
    public MailboxProperties {
        if (!host.isBlank() && user.isBlank()) {
            throw new IllegalArgumentException(
                    "latchkey.mail.bounces.user (expected: one, where there is a host)");
        }
        if (!host.isBlank() && password.isEmpty() == passwordFile.isBlank()) {
            throw new IllegalArgumentException(
                    "latchkey.mail.bounces.password, password-file (expected: one of both)");
        }
    }

    public boolean isConfigured() {
        return !host.isBlank();
    }

    /**
     * The password as it is now.
     *
     * @throws IOException if the file cannot be read
     */
    public String currentPassword() throws IOException {
        return passwordFile.isBlank()
                ? password
                : Files.readString(Path.of(passwordFile)).lines().findFirst().orElse("");
    }

    @Override
    public String toString() {
        return "MailboxProperties[" + user + " at " + host + ", " + folder + "]";
    }
}
