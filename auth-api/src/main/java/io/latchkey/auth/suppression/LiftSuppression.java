package io.latchkey.auth.suppression;

import io.latchkey.auth.outbox.OutboxRelay;
import io.latchkey.events.AdminActed;
import io.latchkey.events.EventContext;
import io.latchkey.events.Outcome;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Lets an address be mailed again, on the administrator's word. */
@Service
public class LiftSuppression {
    private static final String ACTION = "suppression.lift";
    private final SuppressionStore suppressions;
    private final OutboxRelay relay;

    LiftSuppression(SuppressionStore suppressions, OutboxRelay relay) {
        this.suppressions = suppressions;
        this.relay = relay;
    }

    /** Whether there was one. */
    public Mono<Boolean> lift(SuppressionId id, String actor, String requestId) {
        return suppressions
                .find(id)
                .flatMap(found -> suppressions.lift(id, act(found, actor, requestId)))
                .doOnNext(relay::publish)
                .hasElement();
    }

    private static AdminActed act(Suppression lifted, String actor, String requestId) {
        var context =
                EventContext.of(null, null, requestId)
                        .withAddress(lifted.subject(), lifted.emailMasked())
                        .withLink(lifted.linkId())
                        .withOutcome(Outcome.SUCCESS, null);
        return new AdminActed(context, ACTION, actor);
    }
}
