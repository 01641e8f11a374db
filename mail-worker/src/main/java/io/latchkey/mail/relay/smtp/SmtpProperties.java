package io.latchkey.mail.relay.smtp;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How connections to a relay are kept; where it is and how to sign in to it stands under {@code
 * latchkey.mail.relays} or {@code spring.mail}.
 *
 * @param maxConnections open at once, 1 to 1000; further mails wait for one
 * @param lifetime after which a connection is replaced; 1 s to 24 h
 * @param mailsPerConnection after which a connection is replaced; 1 to 100 000
 * @param connectTimeout for the relay to take the connection; 1 to 30 s
 * @param readTimeout for each answer of the relay; 1 to 40 s
 * @param writeTimeout for each piece that the relay must take; 1 to 40 s
 */
@Validated
@ConfigurationProperties("latchkey.mail.smtp")
public record SmtpProperties(
        @DefaultValue("80") @Min(1) @Max(1000) int maxConnections,
        @DefaultValue("5m") @DurationMin(seconds = 1) @DurationMax(hours = 24) Duration lifetime,
        @DefaultValue("500") @Min(1) @Max(100_000) int mailsPerConnection,
        @DefaultValue("10s") @DurationMin(seconds = 1) @DurationMax(seconds = 30)
                Duration connectTimeout,
        @DefaultValue("40s") @DurationMin(seconds = 1) @DurationMax(seconds = 40)
                Duration readTimeout,
        @DefaultValue("20s") @DurationMin(seconds = 1) @DurationMax(seconds = 40)
                Duration writeTimeout) {
    /** The same, but for what one relay has of its own. */
    SmtpProperties with(@Nullable Integer connections, @Nullable Duration life) {
        return new SmtpProperties(
                connections == null ? maxConnections : connections,
                life == null ? lifetime : life,
                mailsPerConnection,
                connectTimeout,
                readTimeout,
                writeTimeout);
    }
}
