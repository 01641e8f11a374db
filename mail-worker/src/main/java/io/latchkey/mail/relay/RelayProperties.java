package io.latchkey.mail.relay;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One relay.
 *
 * @param name for events, metrics and logs
 * @param host of an SMTP server
 * @param port 25, or 465 with implicit TLS, where absent
 * @param tls of an SMTP server
 * @param sslBundle whom to trust, and a certificate of ours: a name under {@code spring.ssl.bundle}
 * @param username where the relay wants one; TLS is then required
 * @param password a secret
 * @param passwordFile a file that holds it, instead
 * @param apiKey of SendGrid; a secret
 * @param apiKeyFile a file that holds it, instead
 * @param url of SendGrid's API, or of one like it
 * @param weight for the weighted choice; 1 to 1000
 * @param rate mails a second from this process; as many as come where absent
 * @param maxConnections open at once; as {@code latchkey.mail.smtp} says where absent
 * @param lifetime of a connection; likewise
 */
public record RelayProperties(
        @NotNull @Pattern(regexp = "[A-Za-z0-9._:-]{1,64}") String name,
        @DefaultValue("smtp") Kind kind,
        @DefaultValue("localhost") String host,
        @Nullable @Min(1) @Max(65_535) Integer port,
        @DefaultValue("offered") Tls tls,
        @Nullable String sslBundle,
        @Nullable String username,
        @Nullable String password,
        @Nullable Path passwordFile,
        @Nullable String apiKey,
        @Nullable Path apiKeyFile,
        @DefaultValue("https://api.sendgrid.com") URI url,
        @DefaultValue("1") @Min(1) @Max(1000) int weight,
        @Nullable @Min(1) @Max(100_000) Integer rate,
        @Nullable @Min(1) @Max(1000) Integer maxConnections,
        @Nullable @DurationMin(seconds = 1) @DurationMax(hours = 24) Duration lifetime) {
    /** What it speaks. */
    public enum Kind {
        SMTP,
        /** SendGrid's v3 mail API. */
        SENDGRID
    }

    /** How an SMTP connection is encrypted. */
    public enum Tls {
        /** By STARTTLS where that is offered: whoever is on the line can strip the offer. */
        OFFERED,
        /** By STARTTLS, or no mail. */
        REQUIRED,
        /** From the first byte. */
        IMPLICIT
    }

    /** The name alone: there are secrets beside it. */
    @Override
    public String toString() {
        return "RelayProperties[" + name + "]";
    }
}
