package io.latchkey.auth.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.auth.problem.Problem;
import io.latchkey.auth.problem.ProblemCode;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class ChangedMeanwhileTest {
    @Test
    void whoeverIsOvertakenAgainAndAgainIsToldToComeBack() {
        var tries = new AtomicInteger();

        StepVerifier.create(
                        Mono.error(
                                        () -> {
                                            tries.incrementAndGet();
                                            return new ChangedMeanwhile();
                                        })
                                .retryWhen(ChangedMeanwhile.again()))
                .verifyErrorSatisfies(
                        error ->
                                assertThat(error)
                                        .isInstanceOfSatisfying(
                                                Problem.class,
                                                problem ->
                                                        assertThat(problem.code())
                                                                .isEqualTo(ProblemCode.CONFLICT)));
        assertThat(tries).hasValue(4);
    }
}
