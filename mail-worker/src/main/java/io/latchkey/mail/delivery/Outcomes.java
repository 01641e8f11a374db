package io.latchkey.mail.delivery;

import io.latchkey.events.FailureClass;
import io.latchkey.events.LinkId;
import io.latchkey.events.MailAbandoned;
import io.latchkey.events.MailAttemptFailed;
import io.latchkey.events.MailSent;
import io.latchkey.events.Outcome;
import io.latchkey.mail.deadletter.DeadLetter;
import io.latchkey.mail.delivery.DeliveryResult.Ended;
import io.latchkey.mail.delivery.DeliveryResult.GivenUp;
import io.latchkey.mail.delivery.DeliveryResult.Mailed;
import io.latchkey.mail.delivery.DeliveryResult.Retried;
import io.latchkey.mail.delivery.LinkEnds.LinkEnd;
import io.latchkey.mail.relay.RelayReply;
import io.latchkey.mail.relay.RelayTry;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Says what became of an order, in events, the log and the metrics. */
@Component
class Outcomes {
    private static final Logger log = LoggerFactory.getLogger(Outcomes.class);
    private static final String TOO_LATE = "delivery_time_over";

    private final RetrySchedule schedule;
    private final DeliveryMetrics metrics;
    private final InstantSource clock;

    Outcomes(RetrySchedule schedule, DeliveryMetrics metrics, InstantSource clock) {
        this.schedule = schedule;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * @param tries at least one; the last says how it ended
     */
    DeliveryResult of(MailOrder order, LinkId linkId, List<RelayTry> tries) {
        var last = tries.getLast();
        return switch (last.reply()) {
            case RelayReply.Accepted accepted -> mailed(order, linkId, tries, accepted);
            case RelayReply.Failed failed -> failed(order, linkId, tries, failed);
        };
    }

    private DeliveryResult mailed(
            MailOrder order, LinkId linkId, List<RelayTry> tries, RelayReply.Accepted reply) {
        var relay = tries.getLast();
        metrics.handedOver(relay.relay(), relay.took());
        return new Mailed(
                failures(order, linkId, tries.subList(0, tries.size() - 1), now()),
                new MailSent(
                        order.request().context().withOutcome(Outcome.SUCCESS, null),
                        order.attempts() + tries.size(),
                        relay.relay(),
                        reply.text(),
                        now(),
                        relay.took().toMillis()));
    }

    private DeliveryResult failed(
            MailOrder order, LinkId linkId, List<RelayTry> tries, RelayReply.Failed reply) {
        var attempts = order.attempts() + tries.size();
        var next =
                reply.failureClass() == FailureClass.PERMANENT
                        ? Optional.<RetrySchedule.Retry>empty()
                        : schedule.next(
                                order.attempts() + 1,
                                reply.failureClass(),
                                now(),
                                order.request().deliverBy());
        var failures =
                failures(order, linkId, tries, next.map(RetrySchedule.Retry::dueAt).orElse(null));
        if (next.isPresent()) {
            return new Retried(failures, next.get().step(), next.get().dueAt());
        }
        var reason =
                reply.failureClass() == FailureClass.PERMANENT
                        ? reply.reason().toString()
                        : TOO_LATE;
        return giveUp(order, linkId, reason, attempts, failures);
    }

    /**
     * @param next when it went on after the last of them
     */
    private List<MailAttemptFailed> failures(
            MailOrder order, LinkId linkId, List<RelayTry> tries, @Nullable Instant next) {
        var failures = new ArrayList<MailAttemptFailed>();
        for (var tried : tries) {
            if (tried.reply() instanceof RelayReply.Failed reply) {
                var isLast = failures.size() == tries.size() - 1;
                var failure =
                        new MailAttemptFailed(
                                order.request()
                                        .context()
                                        .withOutcome(Outcome.FAILURE, reply.reason().toString()),
                                order.attempts() + failures.size() + 1,
                                tried.relay(),
                                reply.failureClass(),
                                reply.text(),
                                isLast ? next : now());
                failures.add(failure);
                metrics.attemptFailed(tried.relay(), reply.failureClass());
                log(linkId, failure);
            }
        }
        return failures;
    }

    private static void log(LinkId linkId, MailAttemptFailed failure) {
        log.atWarn()
                .addKeyValue("link_id", linkId)
                .addKeyValue("attempt", failure.attempt())
                .addKeyValue("relay", failure.relay())
                .addKeyValue("class", failure.failureClass())
                .addKeyValue("reason", failure.context().reason())
                .addKeyValue("reply", failure.smtpReply())
                .addKeyValue("next_attempt_at", failure.nextAttemptAt())
                .log("a mail was not handed over");
    }

    DeliveryResult tooLate(MailOrder order, LinkId linkId) {
        return giveUp(order, linkId, TOO_LATE, order.attempts(), List.of());
    }

    /** Genuine, but our templates cannot say it. */
    DeliveryResult unrenderable(MailOrder order, LinkId linkId) {
        return giveUp(order, linkId, "unrenderable", order.attempts(), List.of());
    }

    /** Nothing to try again. That a link was revoked is in the books already; its use is not. */
    DeliveryResult ended(MailOrder order, LinkId linkId, LinkEnd end) {
        log.atInfo()
                .addKeyValue("link_id", linkId)
                .addKeyValue("end", end)
                .log("a link ended before its mail");
        return new Ended(
                switch (end) {
                    case REVOKED -> null;
                    case USED -> abandoned(order, "link_used", order.attempts());
                });
    }

    private DeliveryResult giveUp(
            MailOrder order,
            LinkId linkId,
            String reason,
            int attempts,
            List<MailAttemptFailed> failures) {
        log.atWarn()
                .addKeyValue("link_id", linkId)
                .addKeyValue("reason", reason)
                .addKeyValue("attempts", attempts)
                .log("a mail was given up");
        return new GivenUp(
                failures,
                abandoned(order, reason, attempts),
                new DeadLetter(
                        order.id(), linkId, reason, attempts, now(), order.request().deliverBy()));
    }

    private static MailAbandoned abandoned(MailOrder order, String reason, int attempts) {
        return new MailAbandoned(
                order.request().context().withOutcome(Outcome.FAILURE, reason), attempts);
    }

    /** As fine as events carry it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
