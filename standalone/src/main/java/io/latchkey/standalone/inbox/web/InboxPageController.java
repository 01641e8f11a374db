package io.latchkey.standalone.inbox.web;

import io.latchkey.standalone.inbox.Tour;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** The page for people: what to try first, and the mails. */
@RestController
final class InboxPageController {
    private final String page;

    InboxPageController(Tour tour) throws IOException {
        page =
                fill(
                        new ClassPathResource("inbox/index.html")
                                .getContentAsString(StandardCharsets.UTF_8),
                        Map.of(
                                "keys_file", quoteForShell(tour.keysFile().toString()),
                                "auth_url", tour.authUrl(),
                                "audit_url", tour.auditUrl(),
                                "redirect_uri", tour.redirectUri()));
    }

    /** {@code GET /}: the same for everybody; scripts fetch the mails. */
    @GetMapping("/")
    ResponseEntity<String> page() {
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .body(page);
    }

    private static String fill(String template, Map<String, String> values) {
        var result = template;
        for (var value : values.entrySet()) {
            result =
                    result.replace(
                            "{{" + value.getKey() + "}}", HtmlUtils.htmlEscape(value.getValue()));
        }
        return result;
    }

    private static String quoteForShell(String path) {
        return "'" + path.replace("'", "'\\''") + "'";
    }
}
