package io.latchkey.audit.platform;

import io.latchkey.audit.problem.Problem;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class PlacesTest {
    private final Places places = new Places(1);

    @Test
    void whoComesTooManyIsRefusedUntilAPlaceIsFreeAgain() {
        var first = places.within(Flux.never()).subscribe();

        StepVerifier.create(places.within(Flux.just(1))).verifyError(Problem.class);

        first.dispose();
        StepVerifier.create(places.within(Flux.just(1))).expectNext(1).verifyComplete();
        StepVerifier.create(places.within(Flux.error(new IllegalStateException())))
                .verifyError(IllegalStateException.class);
        StepVerifier.create(places.within(Flux.just(2))).expectNext(2).verifyComplete();
    }
}
