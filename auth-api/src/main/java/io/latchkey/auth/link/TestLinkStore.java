package io.latchkey.auth.link;

import io.latchkey.auth.app.App;
import io.latchkey.auth.limit.Counted;
import io.latchkey.events.AdminActed;
import io.latchkey.events.LinkId;
import io.latchkey.events.LinkRequested;
import io.latchkey.events.LinkSuppressed;
import java.util.List;
import reactor.core.publisher.Mono;

/** Keeps links that are mailed to try the mail out, and are dead from birth. */
public interface TestLinkStore {
    /**
     * A link that never lives.
     *
     * @param redirectUri one that no app can register: a second reason why nobody is signed in
     * @param order published where it is mailed
     * @param suppressed published where the mailbox refuses our mails
     * @param act of the administrator who asked for it
     * @param counted the limits that it must be within
     */
    record TestLink(
            LinkId id,
            App app,
            String redirectUri,
            LinkRequested order,
            LinkSuppressed suppressed,
            AdminActed act,
            List<Counted> counted) {}

    /**
     * The link has expired when it is made; its order is published like any other, with the act.
     */
    Mono<LinkStore.Acceptance> accept(TestLink link);
}
