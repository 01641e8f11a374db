package io.latchkey.auth.pages.web;

import io.latchkey.auth.pages.BrandStyle;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** An app's colour, as a style sheet: pages may hold no style of their own (S13). */
@RestController
class BrandStyleController {
    private static final Duration A_DAY = Duration.ofDays(1);
    private static final MediaType CSS = new MediaType("text", "css", StandardCharsets.UTF_8);

    /** {@code GET /css/brand/{color}.css}: made of the colour alone, whoever's it is. */
    @GetMapping("/css/brand/{color:[0-9a-f]{6}}.css")
    ResponseEntity<String> style(@PathVariable String color) {
        return ResponseEntity.ok()
                .contentType(CSS)
                .cacheControl(CacheControl.maxAge(A_DAY).cachePublic())
                .body(BrandStyle.css(color));
    }
}
