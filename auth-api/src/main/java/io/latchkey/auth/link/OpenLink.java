package io.latchkey.auth.link;

import io.latchkey.auth.outbox.Refusals;
import io.latchkey.events.EventContext;
import io.latchkey.events.LinkId;
import io.latchkey.events.LinkRejected;
import io.latchkey.events.Outcome;
import io.latchkey.events.secret.KeyRing;
import io.latchkey.events.secret.LinkToken;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Looks at a link without changing anything (S2). */
@Service
public class OpenLink {
    private final LinkStore links;
    private final KeyRing ring;
    private final Refusals refusals;

    OpenLink(LinkStore links, KeyRing ring, Refusals refusals) {
        this.links = links;
        this.ring = ring;
        this.refusals = refusals;
    }

    /**
     * The link of a genuine token; empty for a forged one (without a query) or a forgotten link,
     * and that is recorded.
     */
    public Mono<Link> open(String token, Visitor visitor) {
        return Mono.justOrEmpty(LinkToken.open(token, ring.mail()))
                .flatMap(this::find)
                .switchIfEmpty(Mono.defer(() -> reject(visitor)));
    }

    /** A link's secrets are made with one kid: a token of another opens nothing. */
    private Mono<Link> find(LinkToken genuine) {
        return links.find(genuine.linkId()).filter(link -> link.kid().equals(genuine.kid()));
    }

    private Mono<Link> reject(Visitor visitor) {
        refusals.record(
                new LinkRejected(
                        EventContext.of(null, null, visitor.requestId())
                                .withClient(visitor.ip(), visitor.userAgent())
                                .withOutcome(Outcome.REFUSED, "unknown")));
        return Mono.empty();
    }

    public Mono<Link> find(LinkId id) {
        return links.find(id);
    }
}
