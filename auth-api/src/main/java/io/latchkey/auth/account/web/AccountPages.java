package io.latchkey.auth.account.web;

import io.latchkey.auth.account.Account;
import io.latchkey.auth.account.Account.OwnSession;
import io.latchkey.auth.pages.Languages;
import io.latchkey.auth.pages.Page;
import io.latchkey.auth.pages.Pages;
import io.latchkey.auth.pages.Times;
import io.latchkey.auth.session.HostedSessions;
import io.latchkey.auth.session.Session;
import io.latchkey.events.SessionId;
import io.latchkey.rendering.Browser;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The pages of the account, in the reader's words. */
@Component
class AccountPages {
    private final Pages pages;
    private final HostedSessions hostedSessions;

    AccountPages(Pages pages, HostedSessions hostedSessions) {
        this.pages = pages;
        this.hostedSessions = hostedSessions;
    }

    /**
     * A session as the page lists it.
     *
     * @param device in words of ours; null where we have none
     */
    record Row(
            String id,
            String app,
            boolean current,
            @Nullable String device,
            @Nullable String ip,
            String started,
            String seen) {
        static Row of(OwnSession session, SessionId current, Locale language) {
            return new Row(
                    session.id().toString(),
                    session.app(),
                    session.id().equals(current),
                    Optional.ofNullable(session.userAgent())
                            .flatMap(Browser::of)
                            .map(Browser::toString)
                            .orElse(null),
                    session.ip(),
                    Times.of(session.started(), language),
                    Times.of(session.seen(), language));
        }
    }

    Mono<ResponseEntity<String>> account(
            Account account, Session current, ServerWebExchange exchange) {
        var language = Languages.of(exchange);
        var rows = account.sessions().stream().map(s -> Row.of(s, current.id(), language)).toList();
        var page =
                Page.of("account")
                        .with("email", account.email())
                        .with("since", Times.dayOf(account.since(), language))
                        .with("sessions", rows);
        return pages.render(page, exchange);
    }

    Mono<ResponseEntity<String>> signOut(ServerWebExchange exchange) {
        return pages.render(Page.of("sign-out").with("action", "/sign-out"), exchange);
    }

    /** The browser need not keep the cookie of a session that has ended. */
    Mono<ResponseEntity<String>> signedOut(ServerWebExchange exchange) {
        hostedSessions.forget(exchange);
        return pages.render(
                Page.of("notice").with("notice", "signedout").with("next", "/sign-in"), exchange);
    }
}
