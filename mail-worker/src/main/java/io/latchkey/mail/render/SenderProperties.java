package io.latchkey.mail.render;

import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who the mails come from.
 *
 * @param from bare address of the sender, also of the envelope; the name beside it is the app's
 */
@Validated
@ConfigurationProperties("latchkey.mail")
public record SenderProperties(
        @DefaultValue("no-reply@localhost")
                @Pattern(regexp = "[A-Za-z0-9.+_=-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*")
                String from) {
    String domain() {
        return from.substring(from.indexOf('@') + 1);
    }
}
