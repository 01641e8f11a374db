package io.latchkey.auth.platform;

import io.latchkey.auth.problem.Problem;
import io.latchkey.auth.problem.ProblemCode;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
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
        return admission.filter(exchange(path), chain);
    }

    private static MockServerWebExchange exchange(String path) {
        return MockServerWebExchange.from(MockServerHttpRequest.get(path));
    }

    @BeforeEach
    void begin() {
        admission.begin();
    }

    @Test
    void nothingIsServedByANodeThatIsStarting() {
        var starting = new Admission(new AdmissionProperties(1));
        WebFilterChain served = _ -> Mono.error(new AssertionError("served"));

        StepVerifier.create(starting.filter(exchange("/oauth2/jwks"), served))
                .expectErrorMatches(
                        failure ->
                                failure instanceof Problem problem
                                        && problem.code() == ProblemCode.UNAVAILABLE)
                .verify(PATIENCE);
        StepVerifier.create(
                        starting.filter(exchange("/actuator/health/liveness"), _ -> Mono.empty()))
                .expectComplete()
                .verify(PATIENCE);
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
