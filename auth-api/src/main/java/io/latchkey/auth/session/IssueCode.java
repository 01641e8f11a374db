package io.latchkey.auth.session;

import io.latchkey.events.LinkId;
import io.latchkey.events.secret.AuthorizationCode;
import io.latchkey.events.secret.KeyRing;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/**
 * Gives an app an authorization code for whoever is signed in on our pages, without another mail.
 * The code is that of a link which is born confirmed: redeeming it once, within 60 seconds, with
 * the verifier, is the same code path as for a link that was mailed.
 */
@Service
public class IssueCode {
    private final HostedSessionStore store;
    private final KeyRing ring;

    IssueCode(HostedSessionStore store, KeyRing ring) {
        this.store = store;
        this.ring = ring;
    }

    /** The code, or empty where the person has to be asked (again). */
    public Mono<String> issue(CodeRequest request) {
        var kid = ring.currentKid();
        return store.issueCode(LinkId.next(), kid, request)
                .map(link -> AuthorizationCode.of(link, kid, ring));
    }
}
