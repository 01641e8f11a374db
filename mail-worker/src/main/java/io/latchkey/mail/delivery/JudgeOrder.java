package io.latchkey.mail.delivery;

import io.latchkey.events.EmailAddress;
import io.latchkey.events.LinkId;
import io.latchkey.events.LinkRequested;
import io.latchkey.events.secret.MailKeyRing;
import io.latchkey.events.secret.OrderSeal;
import io.latchkey.mail.delivery.DeliveryResult.Held;
import io.latchkey.mail.delivery.DeliveryResult.SetAside;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Tells whether an order is to be mailed: only one that auth-api sealed, none after its delivery
 * time, and none whose link has ended.
 */
@Component
class JudgeOrder {
    /**
     * The longest that an order may ask for: who lacks its key cannot know how long this one may.
     */
    private static final Duration LONGEST_DELIVERY = Duration.ofDays(1);

    private final MailKeyRing ring;
    private final MissingKeys missingKeys;
    private final LinkEnds linkEnds;
    private final Outcomes outcomes;
    private final DeliveryProperties properties;
    private final InstantSource clock;

    JudgeOrder(
            MailKeyRing ring,
            MissingKeys missingKeys,
            LinkEnds linkEnds,
            Outcomes outcomes,
            DeliveryProperties properties,
            InstantSource clock) {
        this.ring = ring;
        this.missingKeys = missingKeys;
        this.linkEnds = linkEnds;
        this.outcomes = outcomes;
        this.properties = properties;
        this.clock = clock;
    }

    sealed interface Judgement {
        /** To be mailed now. */
        record Deliverable(LinkId linkId, EmailAddress recipient) implements Judgement {}

        /** Not to be mailed, or not now. */
        record Over(DeliveryResult result) implements Judgement {}
    }

    Judgement judge(MailOrder order) {
        var request = order.request();
        if (missingKeys.lacks(request.kid())) {
            return new Judgement.Over(holdOrSetAside(request));
        }
        if (!OrderSeal.isGenuine(request, ring)) {
            return new Judgement.Over(new SetAside("seal"));
        }
        var linkId = request.context().linkId();
        var recipient = recipient(request);
        if (linkId == null || recipient.isEmpty()) {
            return new Judgement.Over(new SetAside("malformed data"));
        }
        var end = linkEnds.of(linkId);
        if (end.isPresent()) {
            return new Judgement.Over(outcomes.ended(order, linkId, end.get()));
        }
        return clock.instant().isBefore(request.deliverBy())
                ? new Judgement.Deliverable(linkId, recipient.get())
                : new Judgement.Over(outcomes.tooLate(order, linkId));
    }

    private DeliveryResult holdOrSetAside(LinkRequested request) {
        var now = clock.instant();
        var end = earlier(request.deliverBy(), request.requestedAt().plus(LONGEST_DELIVERY));
        return now.isBefore(end)
                ? new Held(now.plus(properties.hold()))
                : new SetAside("unknown kid");
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static Optional<EmailAddress> recipient(LinkRequested request) {
        try {
            return Optional.of(EmailAddress.parse(request.email()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
