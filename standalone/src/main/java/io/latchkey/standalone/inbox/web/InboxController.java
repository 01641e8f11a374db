package io.latchkey.standalone.inbox.web;

import io.latchkey.standalone.inbox.Inbox;
import io.latchkey.standalone.inbox.Mail;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The inbox for programs. */
@RestController
final class InboxController {
    /** Nothing in a mail runs, and nothing is loaded, but its own styles and embedded pictures. */
    private static final String MAIL_POLICY =
            "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none';"
                    + " style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

    private final Inbox inbox;

    InboxController(Inbox inbox) {
        this.inbox = inbox;
    }

    /** {@code GET /api/v1/messages?limit=}: the newest first, at most as many as are kept. */
    @GetMapping("/api/v1/messages")
    MessageResponse.Page messages(@RequestParam(defaultValue = "50") int limit) {
        var mails = inbox.newest(Math.clamp(limit, 0, Inbox.CAPACITY));
        return new MessageResponse.Page(
                inbox.size(), mails.stream().map(MessageResponse::summary).toList());
    }

    /** {@code DELETE /api/v1/messages}: empties the inbox. */
    @DeleteMapping("/api/v1/messages")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void clear() {
        inbox.clear();
    }

    /** {@code GET /api/v1/message/{id}}: with its text and HTML. */
    @GetMapping("/api/v1/message/{id}")
    MessageResponse message(@PathVariable String id) {
        return MessageResponse.whole(find(id));
    }

    /** {@code GET /api/v1/message/{id}/headers}: every header with all its values. */
    @GetMapping("/api/v1/message/{id}/headers")
    Map<String, List<String>> headers(@PathVariable String id) {
        return find(id).headers();
    }

    /** {@code GET /api/v1/message/{id}/raw}: the message byte for byte, as a download. */
    @GetMapping("/api/v1/message/{id}/raw")
    ResponseEntity<ByteBuffer> raw(@PathVariable String id) {
        return ResponseEntity.ok()
                .contentType(MediaType.TEXT_PLAIN)
                .header("X-Content-Type-Options", "nosniff")
                .body(find(id).raw().duplicate());
    }

    /**
     * {@code GET /mail/{id}/html}: the HTML part, for the page's frame. Its links open in windows
     * of their own.
     */
    @GetMapping("/mail/{id}/html")
    ResponseEntity<String> html(@PathVariable String id) {
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .header("Content-Security-Policy", MAIL_POLICY)
                .header("Referrer-Policy", "no-referrer")
                // The first base wins: a mail cannot send its relative links elsewhere.
                .body("<!doctype html><base target=\"_blank\">" + find(id).html());
    }

    private Mail find(String id) {
        return inbox.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
