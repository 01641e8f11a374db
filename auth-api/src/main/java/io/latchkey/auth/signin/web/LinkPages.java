package io.latchkey.auth.signin.web;

import io.latchkey.auth.app.App;
import io.latchkey.auth.link.Link;
import io.latchkey.auth.platform.FormCookie;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;
import reactor.core.publisher.Mono;

/** The page with the button. */
@Component
class LinkPages {
    private static final String CONTENT_SECURITY_POLICY = "Content-Security-Policy";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    private static final MediaType HTML =
            new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);
    private final FormCookie cookie;
    private final ITemplateEngine templates;

    LinkPages(FormCookie cookie, ITemplateEngine templates) {
        this.cookie = cookie;
        this.templates = templates;
    }

    /**
     * @param demand what this browser has to do before the button works
     * @param wrong whether it has just typed another address
     */
    Mono<ResponseEntity<String>> confirm(
            Link link, App app, App.SameBrowser demand, boolean wrong, ServerWebExchange exchange) {
        return cookie.field(exchange)
                .map(
                        field ->
                                ResponseEntity.status(status(demand, wrong))
                                        .header(CONTENT_SECURITY_POLICY, policy(link))
                                        .cacheControl(CacheControl.noStore())
                                        .contentType(HTML)
                                        .body(page(link, app, demand, wrong, field)));
    }

    private String page(Link link, App app, App.SameBrowser demand, boolean wrong, String field) {
        var model =
                Map.<String, Object>of(
                        "app",
                        app.name(),
                        "address",
                        link.emailMasked(),
                        "place",
                        Objects.requireNonNullElse(link.ip(), ""),
                        "time",
                        TIME.format(link.createdAt()),
                        "typeAddress",
                        demand == App.SameBrowser.CONFIRM,
                        "refused",
                        demand == App.SameBrowser.REQUIRED,
                        "wrong",
                        wrong,
                        "formField",
                        field);
        return templates.process("confirm", new Context(Locale.ENGLISH, model));
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
