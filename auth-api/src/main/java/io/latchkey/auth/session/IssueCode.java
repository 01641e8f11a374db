package io.latchkey.auth.session;

import io.latchkey.auth.limit.Rate;
import io.latchkey.auth.session.IssueCodeResult.Issued;
import io.latchkey.auth.session.IssueCodeResult.TooOften;
import io.latchkey.events.LinkId;
import io.latchkey.events.secret.AuthorizationCode;
import io.latchkey.events.secret.KeyRing;
import java.time.Duration;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/**
 * Gives an app an authorization code for whoever is signed in on our pages, without another mail.
 * The code is that of a link which is born confirmed: redeeming it once, within 60 seconds, with
 * the verifier, is the same code path as for a link that was mailed.
 */
@Service
public class IssueCode {
    /** Each code is a row for a week; apps that ask silently do so once a page. */
    private static final Rate PER_SESSION = new Rate(60, Duration.ofMinutes(10));

    private final HostedSessionStore store;
    private final KeyRing ring;

    IssueCode(HostedSessionStore store, KeyRing ring) {
        this.store = store;
        this.ring = ring;
    }

    /** Empty where the person has to be asked (again). */
    public Mono<IssueCodeResult> issue(CodeRequest request) {
        var kid = ring.currentKid();
        var link = LinkId.next();
        return store.issueCode(link, kid, request, PER_SESSION)
                .map(
                        kept ->
                                kept
                                        ? new Issued(AuthorizationCode.of(link, kid, ring))
                                        : new TooOften());
    }
}
