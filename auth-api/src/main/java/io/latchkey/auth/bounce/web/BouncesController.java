package io.latchkey.auth.bounce.web;

import io.latchkey.auth.bounce.RecordBounces;
import io.latchkey.auth.problem.Problem;
import io.latchkey.auth.problem.ProblemCode;
import java.util.Objects;
import java.util.function.Function;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * Webhooks of those who deliver our mails. What they send is theirs: it is read leniently, and
 * believed for its signature alone.
 */
@RestController
class BouncesController {
    /** Providers gather what they tell. */
    private static final int MOST_BYTES = 1024 * 1024;

    private final RecordBounces recordBounces;

    BouncesController(RecordBounces recordBounces) {
        this.recordBounces = recordBounces;
    }

    /** {@code POST /api/v1/bounces/{provider}}: 204, also where it tells nothing of interest. */
    @PostMapping(path = "/api/v1/bounces/{provider}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> receive(@PathVariable String provider, ServerHttpRequest request) {
        if (!recordBounces.knows(provider)) {
            return Mono.error(notFound());
        }
        return body(request)
                .flatMap(body -> recordBounces.record(provider, header(request), body))
                .switchIfEmpty(Mono.error(BouncesController::notFound))
                .flatMap(
                        result ->
                                switch (result) {
                                    case RECORDED -> Mono.empty();
                                    case FORGED -> Mono.error(forged());
                                    case ILLEGIBLE -> Mono.error(illegible());
                                });
    }

    private static Function<String, String> header(ServerHttpRequest request) {
        return name -> Objects.requireNonNullElse(request.getHeaders().getFirst(name), "");
    }

    private static Mono<byte[]> body(ServerHttpRequest request) {
        return DataBufferUtils.join(request.getBody(), MOST_BYTES)
                .map(BouncesController::bytes)
                .defaultIfEmpty(new byte[0])
                .onErrorMap(
                        DataBufferLimitException.class,
                        _ -> Problem.of(ProblemCode.PAYLOAD_TOO_LARGE, "At most 1 MiB."));
    }

    private static byte[] bytes(DataBuffer buffer) {
        var bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    private static Problem notFound() {
        return Problem.of(ProblemCode.NOT_FOUND, "There is no such provider.");
    }

    private static Problem forged() {
        return Problem.of(
                ProblemCode.INVALID_TOKEN,
                "Not signed by the provider's key, or more than 10 minutes ago.");
    }

    private static Problem illegible() {
        return Problem.invalid("", "expected: a JSON array of events");
    }
}
