package io.latchkey.auth.bounce;

import io.latchkey.events.secret.KeyRing;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Twilio SendGrid's signed Event Webhook. */
@Component
final class SendGrid implements BounceProvider {
    private static final String SIGNATURE = "X-Twilio-Email-Event-Webhook-Signature";
    private static final String TIMESTAMP = "X-Twilio-Email-Event-Webhook-Timestamp";
    private final Optional<SendGridSignature> signature;
    private final SendGridEvents events;

    SendGrid(BounceProperties properties, KeyRing ring, InstantSource clock) {
        this.signature = properties.sendgrid().key().map(key -> new SendGridSignature(key, clock));
        this.events = new SendGridEvents(ring.mail());
    }

    @Override
    public String name() {
        return "sendgrid";
    }

    @Override
    public boolean isConfigured() {
        return signature.isPresent();
    }

    @Override
    public Reading read(Function<String, String> header, byte[] body) {
        var signed = header.apply(SIGNATURE);
        var timestamp = header.apply(TIMESTAMP);
        if (signature.filter(key -> key.isGenuine(signed, timestamp, body)).isEmpty()) {
            return new Reading.Forged();
        }
        return events.bounces(body)
                .<Reading>map(Reading.Genuine::new)
                .orElseGet(Reading.Illegible::new);
    }
}
