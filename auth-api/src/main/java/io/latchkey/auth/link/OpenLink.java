package io.latchkey.auth.link;

import io.latchkey.events.LinkId;
import io.latchkey.events.secret.KeyRing;
import io.latchkey.events.secret.LinkToken;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Looks at a link without changing anything (S2). */
@Service
public class OpenLink {
    private final LinkStore links;
    private final KeyRing ring;

    OpenLink(LinkStore links, KeyRing ring) {
        this.links = links;
        this.ring = ring;
    }

    /**
     * The link of a genuine token; empty for a forged one (without a query) or a forgotten link.
     */
    public Mono<Link> open(String token) {
        return Mono.justOrEmpty(LinkToken.open(token, ring.mail()))
                .flatMap(
                        genuine ->
                                links.find(genuine.linkId())
                                        // A link's secrets are made with one kid: no other opens
                                        // it.
                                        .filter(link -> link.kid().equals(genuine.kid())));
    }

    public Mono<Link> find(LinkId id) {
        return links.find(id);
    }
}
