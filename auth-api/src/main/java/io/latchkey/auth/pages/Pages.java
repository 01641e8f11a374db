package io.latchkey.auth.pages;

import io.latchkey.auth.platform.FormCookie;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;
import reactor.core.publisher.Mono;

/**
 * Renders every page: in the reader's language and the app's colours, never kept by a cache, never
 * in a frame, with nothing of others in it. Templates find {@code app}, {@code initials}, {@code
 * brandStyle}, {@code lang}, {@code dir}, {@code formField}, {@code script}, and the page's model.
 */
@Component
public class Pages {
    private static final String CONTENT_SECURITY_POLICY = "Content-Security-Policy";
    private static final String OURS = "Latchkey";
    private static final MediaType HTML =
            new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    private final ITemplateEngine templates;
    private final FormCookie cookie;

    Pages(ITemplateEngine templates, FormCookie cookie) {
        this.templates = templates;
        this.cookie = cookie;
    }

    /** The page, with the hidden field of its forms; the cookie is set along with it. */
    public Mono<ResponseEntity<String>> render(Page page, ServerWebExchange exchange) {
        return cookie.field(exchange)
                .map(field -> answer(page.with("formField", field), exchange))
                .switchIfEmpty(Mono.fromSupplier(() -> answer(page, exchange)));
    }

    private ResponseEntity<String> answer(Page page, ServerWebExchange exchange) {
        var answer =
                ResponseEntity.status(page.status())
                        .header(CONTENT_SECURITY_POLICY, PagePolicy.of(page))
                        .cacheControl(CacheControl.noStore())
                        .contentType(HTML);
        if (page.retryAfter() != null) {
            answer.header(HttpHeaders.RETRY_AFTER, Long.toString(page.retryAfter().toSeconds()));
        }
        return answer.body(html(page, Languages.of(exchange)));
    }

    /** The page alone, for those who write the answer themselves. */
    String html(Page page, Locale language) {
        return templates.process(
                "pages/" + page.template(), new Context(language, model(page, language)));
    }

    private static Map<String, Object> model(Page page, Locale language) {
        var model = new HashMap<>(page.model());
        var app = page.app();
        var name = app == null ? OURS : app.name();
        var brand = Brand.of(name, app == null ? null : app.branding().color());
        model.put("app", name);
        model.put("initials", brand.initials());
        model.put("ours", app == null || app.builtIn());
        model.put("lang", language.toLanguageTag());
        model.put("dir", Languages.direction(language));
        brand.color().ifPresent(c -> model.put("brandStyle", "/css/brand/" + c + ".css"));
        if (page.script() != null) {
            model.put("script", "/js/" + page.script() + ".js");
        }
        return model;
    }
}
