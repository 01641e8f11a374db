package io.latchkey.auth.openapi.web;

import io.latchkey.auth.openapi.ApiReference;
import io.latchkey.auth.openapi.OpenApiDocument;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;
import tools.jackson.databind.JsonNode;

/** The description of the API: for machines, and as a page that loads nothing of others. */
@RestController
class OpenApiController {
    private static final MediaType HTML =
            new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);
    private final JsonNode document;
    private final String page;

    OpenApiController(OpenApiDocument document, ApiReference reference, ITemplateEngine templates) {
        this.document = document.json();
        this.page =
                templates.process(
                        "docs",
                        new Context(
                                Locale.ENGLISH,
                                Map.of(
                                        "description", reference.description(),
                                        "tags", reference.tags())));
    }

    /** {@code GET /openapi.json}. */
    @GetMapping("/openapi.json")
    ResponseEntity<JsonNode> document() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(document);
    }

    /** {@code GET /docs}. */
    @GetMapping("/docs")
    ResponseEntity<String> page() {
        return ResponseEntity.ok().contentType(HTML).body(page);
    }
}
