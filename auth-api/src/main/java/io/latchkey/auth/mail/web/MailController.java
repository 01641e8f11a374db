package io.latchkey.auth.mail.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.latchkey.auth.link.TestLinkResult;
import io.latchkey.auth.link.TestLinkResult.Accepted;
import io.latchkey.auth.link.TestLinkResult.RateLimited;
import io.latchkey.auth.mail.PreviewMail;
import io.latchkey.auth.mail.TestMail;
import io.latchkey.auth.problem.Problem;
import io.latchkey.auth.problem.ProblemCode;
import io.latchkey.auth.problem.RequestId;
import io.latchkey.rendering.MailPreview;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Mails to look at, for the administrator. */
@RestController
class MailController {
    private final MailTryReader reader;
    private final PreviewMail previewMail;
    private final TestMail testMail;

    MailController(MailTryReader reader, PreviewMail previewMail, TestMail testMail) {
        this.reader = reader;
        this.previewMail = previewMail;
        this.testMail = testMail;
    }

    /** A mail as its reader would see it. */
    record PreviewResponse(
            String locale,
            @JsonProperty("from_name") String fromName,
            String subject,
            String text,
            String html) {
        static PreviewResponse of(MailPreview preview) {
            return new PreviewResponse(
                    preview.locale().toLanguageTag(),
                    preview.fromName(),
                    preview.subject(),
                    preview.text(),
                    preview.html());
        }
    }

    /** The link in the mail that is under way. */
    record SentResponse(@JsonProperty("link_id") String linkId) {}

    /** {@code POST /api/v1/mail-preview}: the mail, which is not sent. */
    @PostMapping(path = "/api/v1/mail-preview", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<PreviewResponse> preview(@RequestBody byte[] body, ServerWebExchange exchange) {
        return previewMail
                .preview(reader.preview(body), RequestId.of(exchange))
                .map(PreviewResponse::of)
                .switchIfEmpty(Mono.error(MailController::notFound));
    }

    /**
     * {@code POST /api/v1/mail-test}: 202; the mail is on its way as any other, with a dead link.
     */
    @PostMapping(path = "/api/v1/mail-test", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    Mono<SentResponse> test(@RequestBody byte[] body, ServerWebExchange exchange) {
        var read = reader.test(body);
        return testMail.send(read.wished(), read.to(), RequestId.of(exchange))
                .map(MailController::sent)
                .switchIfEmpty(Mono.error(MailController::notFound));
    }

    private static SentResponse sent(TestLinkResult result) {
        return switch (result) {
            case Accepted(var linkId) -> new SentResponse(linkId.toString());
            case RateLimited(var budget) ->
                    throw Problem.retryLater(
                            ProblemCode.RATE_LIMITED,
                            "Too many mails to this address.",
                            budget.retryAfter());
        };
    }

    private static Problem notFound() {
        return Problem.of(ProblemCode.NOT_FOUND, "There is no such app.");
    }
}
