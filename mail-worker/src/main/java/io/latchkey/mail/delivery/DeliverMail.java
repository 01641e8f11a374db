package io.latchkey.mail.delivery;

import io.latchkey.events.EmailAddress;
import io.latchkey.events.FailureClass;
import io.latchkey.events.LinkId;
import io.latchkey.mail.delivery.DeliveryResult.Held;
import io.latchkey.mail.delivery.DeliveryResult.SetAside;
import io.latchkey.mail.delivery.JudgeOrder.Judgement;
import io.latchkey.mail.relay.FailureReason;
import io.latchkey.mail.relay.RelayReply;
import io.latchkey.mail.relay.RelayTry;
import io.latchkey.mail.relay.Relays;
import io.latchkey.rendering.Mail;
import io.latchkey.rendering.MailRenderer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Works on one order, once. Publishes nothing: what it returns says what is to be published. One
 * that comes back late from a relay that is slow or away holds up no other.
 */
@Service
public class DeliverMail {
    private static final Logger log = LoggerFactory.getLogger(DeliverMail.class);

    /** After such a wait, what was known of an order may be no more. */
    private static final Duration LONG = Duration.ofMillis(100);

    private final JudgeOrder judgeOrder;
    private final MailRenderer renderer;
    private final Relays relays;
    private final Places places;
    private final Outcomes outcomes;
    private final DeliveryProperties properties;
    private final DeliveryMetrics metrics;
    private final InstantSource clock;

    DeliverMail(
            JudgeOrder judgeOrder,
            MailRenderer renderer,
            Relays relays,
            Places places,
            Outcomes outcomes,
            DeliveryProperties properties,
            DeliveryMetrics metrics,
            InstantSource clock) {
        this.judgeOrder = judgeOrder;
        this.renderer = renderer;
        this.relays = relays;
        this.places = places;
        this.outcomes = outcomes;
        this.properties = properties;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Takes as long as the relays need, up to the deadline of a hand-over. */
    public DeliveryResult deliver(MailOrder order) {
        var inFlight = metrics.begun(order.request().requestedAt());
        DeliveryResult result = new SetAside("failed");
        try {
            result =
                    switch (judgeOrder.judge(order)) {
                        case Judgement.Over(var over) -> over;
                        case Judgement.Deliverable(var linkId, var recipient) ->
                                attempt(order, linkId, recipient);
                    };
            return result;
        } finally {
            metrics.ended(inFlight, result);
        }
    }

    private DeliveryResult attempt(MailOrder order, LinkId linkId, EmailAddress recipient) {
        return render(order, linkId, recipient)
                .map(mail -> handOver(mail, order, linkId))
                .orElseGet(() -> outcomes.unrenderable(order, linkId));
    }

    private Optional<Mail> render(MailOrder order, LinkId linkId, EmailAddress recipient) {
        try {
            return Optional.of(renderer.render(order.request(), linkId, recipient));
        } catch (RuntimeException e) {
            // Its app must hear of it, and the next order must not wait.
            log.atError().addKeyValue("link_id", linkId).setCause(e).log("cannot render a mail");
            return Optional.empty();
        }
    }

    private DeliveryResult handOver(Mail mail, MailOrder order, LinkId linkId) {
        var taken = places.take(mail.to().domain(), order.lane());
        if (taken.isEmpty()) {
            return held();
        }
        try (var place = taken.get()) {
            if (place.waited().compareTo(LONG) > 0
                    && judgeOrder.judge(order) instanceof Judgement.Over(var over)) {
                return over;
            }
            var tries = handOver(mail, linkId, order.request().deliverBy());
            return tries.isEmpty() ? held() : outcomes.of(order, linkId, tries);
        }
    }

    private List<RelayTry> handOver(Mail mail, LinkId linkId, Instant deliverBy) {
        var began = System.nanoTime();
        try {
            return relays.handOver(mail, Duration.between(clock.instant(), deliverBy));
        } catch (RuntimeException e) {
            // A fault of ours ends like one of the relay: counted, seen, and tried again.
            log.atError().addKeyValue("link_id", linkId).setCause(e).log("cannot hand over");
            var reply =
                    new RelayReply.Failed(
                            FailureClass.AMBIGUOUS, FailureReason.INTERNAL_ERROR, null);
            var took = Duration.ofNanos(System.nanoTime() - began);
            return List.of(new RelayTry(relays.names().getFirst(), reply, took));
        }
    }

    private DeliveryResult held() {
        return new Held(clock.instant().plus(properties.hold()));
    }
}
