package io.latchkey.auth.link;

import io.latchkey.auth.app.App;
import io.latchkey.auth.app.AppRegistry;
import io.latchkey.auth.link.ConfirmResult.AddressNeeded;
import io.latchkey.auth.link.ConfirmResult.Confirmed;
import io.latchkey.auth.link.ConfirmResult.Dead;
import io.latchkey.auth.link.ConfirmResult.Unknown;
import io.latchkey.auth.link.ConfirmResult.WrongBrowser;
import io.latchkey.auth.outbox.OutboxRelay;
import io.latchkey.auth.outbox.Refusals;
import io.latchkey.events.EmailAddress;
import io.latchkey.events.LinkRejected;
import io.latchkey.events.Outcome;
import io.latchkey.events.Subject;
import io.latchkey.events.secret.SubjectKey;
import java.util.Optional;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/**
 * The button: consumes a link for the browser that presses it. Of any number of presses one wins;
 * the same browser pressing again within ten seconds gets the same answer.
 */
@Service
public class ConfirmLink {
    private final OpenLink openLink;
    private final LinkStore links;
    private final AppRegistry apps;
    private final SubjectKey subjects;
    private final OutboxRelay relay;
    private final Refusals refusals;

    ConfirmLink(
            OpenLink openLink,
            LinkStore links,
            AppRegistry apps,
            SubjectKey subjects,
            OutboxRelay relay,
            Refusals refusals) {
        this.openLink = openLink;
        this.links = links;
        this.apps = apps;
        this.subjects = subjects;
        this.relay = relay;
        this.refusals = refusals;
    }

    /**
     * @param typedAddress what a browser other than the asking one was made to type
     */
    public Mono<ConfirmResult> confirm(
            String token, Visitor visitor, Optional<String> typedAddress) {
        return openLink.open(token, visitor)
                .flatMap(link -> confirm(link, visitor, typedAddress))
                .defaultIfEmpty(new Unknown())
                .doOnNext(result -> recordRefusal(result, visitor));
    }

    /** What this browser would have to do before the button works. */
    public Mono<App.SameBrowser> demand(Link link, Visitor visitor) {
        return Boolean.FALSE.equals(link.askedFrom(visitor))
                ? apps.find(link.appId()).map(App::sameBrowser)
                : Mono.just(App.SameBrowser.OFF);
    }

    private Mono<ConfirmResult> confirm(Link link, Visitor visitor, Optional<String> typed) {
        if (!link.alive()) {
            return Mono.just(repeatedOrDead(link, visitor));
        }
        return apps.find(link.appId())
                // S4: a redirect URI that was unregistered meanwhile is not followed.
                .filter(app -> app.allowsRedirectTo(link.redirectUri()))
                .flatMap(_ -> demand(link, visitor))
                .flatMap(
                        demand ->
                                switch (demand) {
                                    case OFF -> consume(link, visitor);
                                    case CONFIRM -> withAddress(link, visitor, typed);
                                    case REQUIRED -> Mono.just(new WrongBrowser(link));
                                });
    }

    private Mono<ConfirmResult> withAddress(Link link, Visitor visitor, Optional<String> typed) {
        if (typed.isEmpty()) {
            return Mono.just(new AddressNeeded(link, false));
        }
        return subject(typed.get()).filter(link.subject()::equals).isPresent()
                ? consume(link, visitor)
                : Mono.just(new AddressNeeded(link, true));
    }

    private Optional<Subject> subject(String typed) {
        try {
            return Optional.of(subjects.subject(EmailAddress.parse(typed.strip())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Mono<ConfirmResult> consume(Link link, Visitor visitor) {
        return links.confirm(link.id(), visitor, link.askedFrom(visitor))
                .<ConfirmResult>map(
                        confirmed -> {
                            relay.publish(confirmed.events());
                            return new Confirmed(link);
                        })
                .switchIfEmpty(Mono.defer(() -> afterwards(link, visitor)));
    }

    /** Somebody else was faster: look at what it has become. */
    private Mono<ConfirmResult> afterwards(Link link, Visitor visitor) {
        return links.find(link.id()).map(now -> repeatedOrDead(now, visitor));
    }

    private static ConfirmResult repeatedOrDead(Link link, Visitor visitor) {
        var sameBrowser = visitor.browser().equals(link.confirmedBy());
        return link.justConfirmed() && sameBrowser && link.revokedAt() == null
                ? new Confirmed(link)
                : new Dead(link);
    }

    private void recordRefusal(ConfirmResult result, Visitor visitor) {
        switch (result) {
            case Dead(var link) -> reject(link, visitor, "link_" + reason(link));
            case WrongBrowser(var link) -> reject(link, visitor, "wrong_browser");
            case AddressNeeded(var link, var wrong) ->
                    reject(link, visitor, wrong ? "wrong_address" : "other_browser");
            case Confirmed _, Unknown _ -> {}
        }
    }

    private void reject(Link link, Visitor visitor, String reason) {
        refusals.record(
                new LinkRejected(link.context(visitor).withOutcome(Outcome.REFUSED, reason)));
    }

    private static String reason(Link link) {
        return switch (link.status()) {
            case CONFIRMED, EXCHANGED -> "used";
            case REVOKED -> "revoked";
            default -> "expired";
        };
    }
}
