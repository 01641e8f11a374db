package io.latchkey.mail.relay;

import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who the mails come from.
 *
 * @param from bare address of the sender, the name beside it is the app's
 * @param bounceAddress sender of the envelope (MAIL FROM), such as the mailbox whose bounces are
 *     read; blank for {@code from}
 */
@Validated
@ConfigurationProperties("latchkey.mail")
public record SenderProperties(
        @DefaultValue("no-reply@localhost")
                @Pattern(regexp = "[A-Za-z0-9.+_=-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*")
                String from,
        @DefaultValue("") @Pattern(regexp = "|[A-Za-z0-9.+_=-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*")
                String bounceAddress) {
    /** Where mails come back to. */
    public String envelopeFrom() {
        return bounceAddress.isEmpty() ? from : bounceAddress;
    }
}
