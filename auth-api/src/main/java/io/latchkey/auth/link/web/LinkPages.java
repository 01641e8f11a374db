package io.latchkey.auth.link.web;

import io.latchkey.auth.app.App;
import io.latchkey.auth.link.Link;
import io.latchkey.auth.platform.FormCookie;
import java.net.URI;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The page with the button. */
@Component
class LinkPages {
    private static final String CONTENT_SECURITY_POLICY = "Content-Security-Policy";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    private final FormCookie cookie;

    LinkPages(FormCookie cookie) {
        this.cookie = cookie;
    }

    /**
     * @param demand what this browser has to do before the button works
     * @param wrong whether it has just typed another address
     */
    Mono<Rendering> confirm(
            Link link, App app, App.SameBrowser demand, boolean wrong, ServerWebExchange exchange) {
        var headers = exchange.getResponse().getHeaders();
        headers.set(CONTENT_SECURITY_POLICY, policy(link));
        headers.setCacheControl("no-store");
        return cookie.field(exchange)
                .map(
                        field ->
                                Rendering.view("confirm")
                                        .status(status(demand, wrong))
                                        .modelAttribute("app", app.name())
                                        .modelAttribute("address", link.emailMasked())
                                        .modelAttribute("place", link.ip())
                                        .modelAttribute("time", TIME.format(link.createdAt()))
                                        .modelAttribute(
                                                "typeAddress", demand == App.SameBrowser.CONFIRM)
                                        .modelAttribute(
                                                "refused", demand == App.SameBrowser.REQUIRED)
                                        .modelAttribute("wrong", wrong)
                                        .modelAttribute("formField", field)
                                        .build());
    }

    private static HttpStatus status(App.SameBrowser demand, boolean wrong) {
        return wrong || demand == App.SameBrowser.REQUIRED ? HttpStatus.FORBIDDEN : HttpStatus.OK;
    }

    /** {@code form-action} names where the 303 leads: browsers apply it to that as well. */
    private static String policy(Link link) {
        var target = URI.create(link.redirectUri());
        var origin = target.getScheme() + "://" + target.getRawAuthority();
        return "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none';"
                + " frame-ancestors 'none'; form-action 'self' "
                + origin;
    }
}
