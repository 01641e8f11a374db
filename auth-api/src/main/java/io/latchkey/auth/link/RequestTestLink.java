package io.latchkey.auth.link;

import io.latchkey.auth.app.App;
import io.latchkey.auth.link.LinkStore.Acceptance.Kept;
import io.latchkey.auth.link.LinkStore.Acceptance.Limited;
import io.latchkey.auth.link.TestLinkResult.Accepted;
import io.latchkey.auth.link.TestLinkResult.RateLimited;
import io.latchkey.auth.outbox.OutboxRelay;
import io.latchkey.events.EmailAddress;
import io.latchkey.events.MailOverrides;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/**
 * Accepts an administrator's wish to see a mail arrive: it takes the way of every mail, but its
 * link has expired when it is made and signs nobody in. Counted like any other, so that nobody's
 * inbox is flooded by it (S12), and recorded as the administrator's act beside its order.
 */
@Service
public class RequestTestLink {
    private final TestLinkStore links;
    private final NewLinks newLinks;
    private final OutboxRelay relay;

    RequestTestLink(TestLinkStore links, NewLinks newLinks, OutboxRelay relay) {
        this.links = links;
        this.newLinks = newLinks;
        this.relay = relay;
    }

    public Mono<TestLinkResult> request(
            App app,
            EmailAddress email,
            @Nullable String locale,
            MailOverrides mail,
            String requestId) {
        var link = newLinks.test(app, email, locale, mail, requestId);
        return links.accept(link)
                .map(
                        acceptance ->
                                switch (acceptance) {
                                    case Kept(var expiresAt, _) -> {
                                        relay.publish(expiresAt.events());
                                        yield new Accepted(link.id());
                                    }
                                    case Limited(var budget) -> new RateLimited(budget);
                                });
    }
}
