package io.latchkey.auth.link;

import io.latchkey.auth.app.App;
import io.latchkey.auth.outbox.OutboxRelay;
import io.latchkey.events.LinkId;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Ends a link on its app's word. */
@Service
public class RevokeLink {
    private final LinkStore links;
    private final OutboxRelay relay;

    RevokeLink(LinkStore links, OutboxRelay relay) {
        this.links = links;
        this.relay = relay;
    }

    /** Whether the app has such a link; revoking what is at its end already changes nothing. */
    public Mono<Boolean> revoke(LinkId id, App app, String requestId) {
        return links.find(id)
                .filter(link -> link.appId().equals(app.id()))
                .flatMap(
                        link ->
                                links.revoke(id, app.id(), requestId)
                                        .doOnNext(revoked -> relay.publish(revoked.events()))
                                        .thenReturn(link))
                .hasElement();
    }
}
