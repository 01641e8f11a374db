package io.latchkey.auth.platform;

import io.latchkey.auth.problem.Problem;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class AdmissionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private final Admission admission = new Admission(new AdmissionProperties(1));

    private Mono<Void> get(String path, WebFilterChain chain) {
        return admission.filter(MockServerWebExchange.from(MockServerHttpRequest.get(path)), chain);
    }

    @Test
    void aStreamIsCountedUntilItBegins() {
        var lookedUp = get("/code/events", _ -> Mono.never()).subscribe();

        StepVerifier.create(get("/code", _ -> Mono.empty()))
                .expectError(Problem.class)
                .verify(PATIENCE);

        lookedUp.dispose();
        var begun =
                get("/code/events", e -> e.getResponse().setComplete().then(Mono.never()))
                        .subscribe();

        StepVerifier.create(get("/code", _ -> Mono.empty())).expectComplete().verify(PATIENCE);
        begun.dispose();
        StepVerifier.create(get("/code", _ -> Mono.empty())).expectComplete().verify(PATIENCE);
    }

    @Test
    void anythingElseIsCountedToItsEnd() {
        var served =
                get("/code", e -> e.getResponse().setComplete().then(Mono.never())).subscribe();

        StepVerifier.create(get("/code", _ -> Mono.empty()))
                .expectError(Problem.class)
                .verify(PATIENCE);

        served.dispose();
        StepVerifier.create(get("/code", _ -> Mono.empty())).expectComplete().verify(PATIENCE);
    }
}
