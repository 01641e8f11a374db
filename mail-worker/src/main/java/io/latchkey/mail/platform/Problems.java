package io.latchkey.mail.platform;

import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Writes errors over HTTP.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc9457">RFC 9457</a>
 */
@Component
class Problems {
    Mono<Void> write(ServerWebExchange exchange, HttpStatus status, String code, String detail) {
        return write(exchange, status, code, detail, "");
    }

    /** With a list of what is wrong, which every 400 has. */
    Mono<Void> invalid(ServerWebExchange exchange, String detail, String errors) {
        return write(
                exchange,
                HttpStatus.BAD_REQUEST,
                "invalid_request",
                detail,
                ",\"errors\":" + errors);
    }

    private static Mono<Void> write(
            ServerWebExchange exchange,
            HttpStatus status,
            String code,
            String detail,
            String more) {
        var requestId = RequestId.of(exchange);
        var response = exchange.getResponse();
        response.setStatusCode(status);
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        response.getHeaders().setCacheControl("no-store");
        // Every part is a word of ours, or plain: nothing to escape.
        var body =
                """
                {"type":"https://latchkey.io/docs/problems#%1$s","title":"%2$s","status":%3$d,\
                "detail":"%5$s","code":"%1$s","request_id":"%4$s"%6$s}"""
                        .formatted(
                                code,
                                status.getReasonPhrase(),
                                status.value(),
                                requestId,
                                detail,
                                more);
        var buffer = response.bufferFactory().wrap(body.getBytes(StandardCharsets.UTF_8));
        return response.writeWith(Mono.just(buffer));
    }
}
