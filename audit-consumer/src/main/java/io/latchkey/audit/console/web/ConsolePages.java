package io.latchkey.audit.console.web;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/** Renders every page: kept by no cache, in no frame, with nothing inline and nothing of others. */
@Component
class ConsolePages {
    /**
     * What a browser may do for a page.
     *
     * @see <a href="https://www.w3.org/TR/CSP3/">Content Security Policy 3</a>
     */
    private static final String POLICY =
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self';"
                    + " connect-src 'self';"
                    + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static final MediaType HTML =
            new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    private final ITemplateEngine templates;

    ConsolePages(ITemplateEngine templates) {
        this.templates = templates;
    }

    ResponseEntity<String> render(HttpStatus status, String template, Map<String, Object> model) {
        return ResponseEntity.status(status)
                .header("Content-Security-Policy", POLICY)
                .header("Referrer-Policy", "no-referrer")
                .cacheControl(CacheControl.noStore())
                .contentType(HTML)
                .body(templates.process(template, new Context(Locale.ENGLISH, model)));
    }

    ResponseEntity<String> render(String template, Map<String, Object> model) {
        return render(HttpStatus.OK, template, model);
    }
}
