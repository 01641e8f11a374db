package io.latchkey.auth.link;

import io.latchkey.auth.app.AppRegistry;
import io.latchkey.auth.link.CodeResult.Blocked;
import io.latchkey.auth.link.CodeResult.Confirmed;
import io.latchkey.auth.link.CodeResult.Dead;
import io.latchkey.auth.link.CodeResult.Malformed;
import io.latchkey.auth.link.CodeResult.Wrong;
import io.latchkey.auth.outbox.OutboxRelay;
import io.latchkey.auth.outbox.Refusals;
import io.latchkey.events.CodeRejected;
import io.latchkey.events.Outcome;
import io.latchkey.events.secret.EmailCode;
import io.latchkey.events.secret.KeyRing;
import java.util.List;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/**
 * The six-digit code: consumes a link for the window that asked. Five wrong ones end the link; a
 * hundred in a day, over all links of an address, end codes for it for that day (S6). A link that
 * nothing was mailed for counts and refuses just the same (S11).
 */
@Service
public class ConfirmByCode {
    private final LinkStore links;
    private final WaitingStore waiting;
    private final AppRegistry apps;
    private final KeyRing ring;
    private final OutboxRelay relay;
    private final Refusals refusals;

    ConfirmByCode(
            LinkStore links,
            WaitingStore waiting,
            AppRegistry apps,
            KeyRing ring,
            OutboxRelay relay,
            Refusals refusals) {
        this.links = links;
        this.waiting = waiting;
        this.apps = apps;
        this.ring = ring;
        this.relay = relay;
        this.refusals = refusals;
    }

    /**
     * @param visitor whom the session is for; without a browser of its own, no second call repeats
     *     the answer of the first
     */
    public Mono<CodeResult> confirm(Link link, String typed, Visitor visitor) {
        return Mono.justOrEmpty(TypedCode.digits(typed))
                .flatMap(code -> decide(link, code, visitor))
                .defaultIfEmpty(new Malformed());
    }

    private Mono<CodeResult> decide(Link link, String code, Visitor visitor) {
        return apps.find(link.appId())
                // S4: a redirect URI that was unregistered meanwhile is not followed.
                .filter(app -> app.allowsRedirectTo(link.redirectUri()))
                .flatMap(_ -> isRight(link, code) ? consume(link, visitor) : reject(link, visitor))
                .switchIfEmpty(Mono.fromSupplier(() -> refused(link, new Dead(link), visitor)));
    }

    private boolean isRight(Link link, String code) {
        return EmailCode.matches(code, link.id(), link.kid(), ring.mail()) && !link.suppressed();
    }

    private Mono<CodeResult> consume(Link link, Visitor visitor) {
        return links.confirmByCode(link.id(), visitor, link.askedFrom(visitor))
                .<CodeResult>map(
                        confirmed -> {
                            relay.publish(confirmed.events());
                            return new Confirmed(link);
                        })
                .switchIfEmpty(
                        Mono.defer(() -> links.find(link.id()).map(now -> repeated(now, visitor))));
    }

    private CodeResult repeated(Link link, Visitor visitor) {
        var sameBrowser =
                !visitor.browser().isEmpty() && visitor.browser().equals(link.confirmedBy());
        return link.justConfirmed() && sameBrowser && link.revokedAt() == null
                ? new Confirmed(link)
                : refused(link, visitor);
    }

    /**
     * Counts a try that cannot have been right, whatever was typed. A link that nothing was mailed
     * for takes none any more when a mailed one would not.
     */
    public Mono<CodeResult> reject(Link link, Visitor visitor) {
        return waiting.look(List.of(link.id()))
                .flatMap(
                        states ->
                                states.get(link.id()) == WaitingState.EXPIRED
                                        ? Mono.just(refused(link, new Dead(link), visitor))
                                        : count(link, visitor));
    }

    private Mono<CodeResult> count(Link link, Visitor visitor) {
        return links.rejectCode(link.id(), visitor)
                .<CodeResult>map(
                        rejected -> {
                            relay.publish(rejected.events());
                            return new Wrong(rejected.value());
                        })
                .switchIfEmpty(
                        Mono.defer(() -> links.find(link.id()).map(now -> refused(now, visitor))));
    }

    /** Right or wrong, it was not counted: the link says why. */
    private CodeResult refused(Link link, Visitor visitor) {
        var ended = link.revokedAt() != null || link.confirmedAt() != null || link.expired();
        return refused(link, ended ? new Dead(link) : new Blocked(), visitor);
    }

    private CodeResult refused(Link link, CodeResult result, Visitor visitor) {
        var reason = result instanceof Blocked ? "codes_blocked" : "link_dead";
        refusals.record(
                new CodeRejected(link.context(visitor).withOutcome(Outcome.REFUSED, reason), 0));
        return result;
    }
}
