package io.latchkey.mail.relay.smtp;

import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How mails are signed: all of it, or none where they are not.
 *
 * @param domain whose DNS has the public key
 * @param selector under which it has it
 * @param privateKeyFile RSA of 1024 bits at least, in PEM as PKCS #8
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc6376">RFC 6376</a>
 */
@Validated
@ConfigurationProperties("latchkey.mail.dkim")
record DkimProperties(
        @DefaultValue("") @Pattern(regexp = "|[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+") String domain,
        @DefaultValue("") @Pattern(regexp = "|[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*") String selector,
        @Nullable Path privateKeyFile) {}
