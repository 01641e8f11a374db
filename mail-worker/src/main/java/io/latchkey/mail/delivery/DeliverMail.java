package io.latchkey.mail.delivery;

import io.latchkey.events.EmailAddress;
import io.latchkey.events.FailureClass;
import io.latchkey.events.LinkId;
import io.latchkey.events.LinkRequested;
import io.latchkey.events.MailAbandoned;
import io.latchkey.events.MailAttemptFailed;
import io.latchkey.events.MailSent;
import io.latchkey.events.Outcome;
import io.latchkey.events.secret.MailKeyRing;
import io.latchkey.events.secret.OrderSeal;
import io.latchkey.mail.deadletter.DeadLetter;
import io.latchkey.mail.delivery.DeliveryResult.GivenUp;
import io.latchkey.mail.delivery.DeliveryResult.Held;
import io.latchkey.mail.delivery.DeliveryResult.Mailed;
import io.latchkey.mail.delivery.DeliveryResult.Retried;
import io.latchkey.mail.delivery.DeliveryResult.SetAside;
import io.latchkey.mail.render.Mail;
import io.latchkey.mail.render.MailRenderer;
import io.latchkey.mail.smtp.SmtpRelay;
import io.latchkey.mail.smtp.SmtpReply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Makes one attempt to deliver one order. Only an order that auth-api sealed is mailed, and none
 * after its delivery time. Publishes nothing: what it returns says what is to be published.
 */
@Service
public class DeliverMail {
    private static final Logger log = LoggerFactory.getLogger(DeliverMail.class);

    /**
     * The longest that an order may ask for: who lacks its key cannot know how long this one may.
     */
    private static final Duration LONGEST_DELIVERY = Duration.ofDays(1);

    private final MailKeyRing ring;
    private final MissingKeys missingKeys;
    private final MailRenderer renderer;
    private final SmtpRelay relay;
    private final RetrySchedule schedule;
    private final DeliveryProperties properties;
    private final DeliveryMetrics metrics;
    private final InstantSource clock;

    DeliverMail(
            MailKeyRing ring,
            MissingKeys missingKeys,
            MailRenderer renderer,
            SmtpRelay relay,
            RetrySchedule schedule,
            DeliveryProperties properties,
            DeliveryMetrics metrics,
            InstantSource clock) {
        this.ring = ring;
        this.missingKeys = missingKeys;
        this.renderer = renderer;
        this.relay = relay;
        this.schedule = schedule;
        this.properties = properties;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Takes as long as the relay needs, up to the deadline of a hand-over. */
    public DeliveryResult deliver(MailOrder order) {
        metrics.begun();
        DeliveryResult result = new SetAside("failed");
        try {
            result = judge(order);
            return result;
        } finally {
            metrics.ended(result);
        }
    }

    private DeliveryResult judge(MailOrder order) {
        var request = order.request();
        if (missingKeys.lacks(request.kid())) {
            return holdOrSetAside(request);
        }
        if (!OrderSeal.isGenuine(request, ring)) {
            return new SetAside("seal");
        }
        var linkId = request.context().linkId();
        var recipient = recipient(request);
        if (linkId == null || recipient.isEmpty()) {
            return new SetAside("malformed data");
        }
        if (!clock.instant().isBefore(request.deliverBy())) {
            return giveUp(order, linkId, "delivery_time_over", order.attempts(), null);
        }
        return attempt(order, linkId, recipient.get());
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

    private DeliveryResult attempt(MailOrder order, LinkId linkId, EmailAddress recipient) {
        Mail mail;
        try {
            mail = renderer.render(order.request(), linkId, recipient);
        } catch (RuntimeException e) {
            // Genuine, but our templates cannot say it: its app must hear of it, and the next
            // order must not wait.
            log.atError().addKeyValue("link_id", linkId).setCause(e).log("cannot render a mail");
            return giveUp(order, linkId, "unrenderable", order.attempts(), null);
        }
        var began = System.nanoTime();
        var reply = handOver(mail, linkId, order.request().deliverBy());
        var took = Duration.ofNanos(System.nanoTime() - began);
        return switch (reply) {
            case SmtpReply.Accepted accepted -> mailed(order, accepted, took);
            case SmtpReply.Failed failed -> failed(order, linkId, failed);
        };
    }

    private SmtpReply handOver(Mail mail, LinkId linkId, Instant deliverBy) {
        try {
            return relay.handOver(mail, Duration.between(clock.instant(), deliverBy));
        } catch (RuntimeException e) {
            // A fault of ours ends like one of the relay: counted, seen, and tried again.
            log.atError().addKeyValue("link_id", linkId).setCause(e).log("cannot hand over");
            return new SmtpReply.Failed(FailureClass.AMBIGUOUS, "internal_error", null);
        }
    }

    private DeliveryResult mailed(MailOrder order, SmtpReply.Accepted reply, Duration took) {
        metrics.handedOver(relay.name(), took);
        return new Mailed(
                new MailSent(
                        order.request().context().withOutcome(Outcome.SUCCESS, null),
                        order.attempts() + 1,
                        relay.name(),
                        reply.text(),
                        now(),
                        took.toMillis()));
    }

    private DeliveryResult failed(MailOrder order, LinkId linkId, SmtpReply.Failed reply) {
        metrics.attemptFailed(relay.name(), reply.failureClass());
        var attempts = order.attempts() + 1;
        var next =
                reply.failureClass() == FailureClass.PERMANENT
                        ? Optional.<RetrySchedule.Retry>empty()
                        : schedule.next(
                                attempts, reply.failureClass(), now(), order.request().deliverBy());
        var failure =
                new MailAttemptFailed(
                        order.request().context().withOutcome(Outcome.FAILURE, reply.reason()),
                        attempts,
                        relay.name(),
                        reply.failureClass(),
                        reply.text(),
                        next.map(RetrySchedule.Retry::dueAt).orElse(null));
        log.atWarn()
                .addKeyValue("link_id", linkId)
                .addKeyValue("attempt", attempts)
                .addKeyValue("relay", relay.name())
                .addKeyValue("class", reply.failureClass())
                .addKeyValue("reason", reply.reason())
                .addKeyValue("reply", reply.text())
                .addKeyValue("next_attempt_at", failure.nextAttemptAt())
                .log("a mail was not handed over");
        if (next.isPresent()) {
            return new Retried(failure, next.get().step(), next.get().dueAt());
        }
        var reason =
                reply.failureClass() == FailureClass.PERMANENT
                        ? reply.reason()
                        : "delivery_time_over";
        return giveUp(order, linkId, reason, attempts, failure);
    }

    private DeliveryResult giveUp(
            MailOrder order,
            LinkId linkId,
            String reason,
            int attempts,
            @Nullable MailAttemptFailed failure) {
        log.atWarn()
                .addKeyValue("link_id", linkId)
                .addKeyValue("reason", reason)
                .addKeyValue("attempts", attempts)
                .log("a mail was given up");
        return new GivenUp(
                failure,
                new MailAbandoned(
                        order.request().context().withOutcome(Outcome.FAILURE, reason), attempts),
                new DeadLetter(order.id(), linkId, reason, attempts, now()));
    }

    /** As fine as events carry it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
