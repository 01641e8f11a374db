package io.latchkey.mail.bounce;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;
import org.springframework.stereotype.Service;

/**
 * Publishes what a mail in the mailbox tells. Meter {@code latchkey_mail_bounces_total{kind}}:
 * {@code hard_bounce}, {@code soft_bounce}, {@code complaint}, {@code forged} and {@code other}.
 * Alert when {@code hard_bounce} outruns its usual part of the mails: relays put senders with many
 * on their lists; and when {@code forged} grows: somebody tries, or the relay changes Message-IDs.
 */
@Service
public class RecordBounceMail {
    private final ReadBounceMail reader;
    private final BounceRelay relay;
    private final MeterRegistry meters;

    RecordBounceMail(ReadBounceMail reader, BounceRelay relay, MeterRegistry meters) {
        this.reader = reader;
        this.relay = relay;
        this.meters = meters;
    }

    /**
     * @param raw the mail as it was received
     * @throws UnpublishedBounceException if it must be read again
     */
    public void record(byte[] raw) throws UnpublishedBounceException {
        switch (reader.read(raw)) {
            case BounceMail.Bounced(var event) -> {
                relay.publish(event);
                count(Objects.requireNonNullElse(event.context().reason(), "other"));
            }
            case BounceMail.Forged _ -> count("forged");
            case BounceMail.Other _ -> count("other");
        }
    }

    /** One that is larger than any report. */
    public void passOver() {
        count("other");
    }

    private void count(String kind) {
        meters.counter("latchkey.mail.bounces", "kind", kind).increment();
    }
}
