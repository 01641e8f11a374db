package io.latchkey.auth.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;

class ClientSecretsTest {
    private static final String SECRET = "a-secret-of-28-characters-._";
    private final ClientSecrets secrets = new ClientSecrets();

    @Test
    void twoSecretsAreValidAtATime() {
        var older = secrets.hash(SECRET);
        var newer = secrets.hash("another-secret-of-the-app");

        assertThat(secrets.matches(SECRET, List.of(newer, older)).block()).isTrue();
        assertThat(secrets.matches("another-secret-of-the-app", List.of(newer, older)).block())
                .isTrue();
    }

    @Test
    void aSecretThatWasRightOnceIsRememberedForItsOwnHashesAlone() {
        var hashes = List.of(secrets.hash(SECRET));
        var others = List.of(secrets.hash("another-secret-of-the-app"));

        assertThat(secrets.matches(SECRET, hashes).block()).isTrue();

        assertThat(secrets.matches(SECRET, hashes).block()).isTrue();
        assertThat(secrets.matches(SECRET, others).block()).isFalse();
        assertThat(secrets.matches(SECRET + "x", hashes).block()).isFalse();
    }

    @Test
    void whoIsRefusedAPlaceIsToldAndNobodyElse() {
        var hashes = List.of(secrets.hash(SECRET));
        var dropped = new AtomicInteger();
        Hooks.onErrorDropped(_ -> dropped.incrementAndGet());
        try {
            var outcomes =
                    Flux.range(0, 100)
                            .flatMap(
                                    n ->
                                            secrets.matches("wrong-secret-number-" + n, hashes)
                                                    .map(String::valueOf)
                                                    .onErrorResume(
                                                            e ->
                                                                    Mono.just(
                                                                            e.getClass()
                                                                                    .getSimpleName())),
                                    100)
                            .collectList()
                            .block();

            assertThat(outcomes).hasSize(100).contains("RejectedExecutionException");
            assertThat(dropped).hasValue(0);
        } finally {
            Hooks.resetOnErrorDropped();
        }
    }

    @Test
    void aBurstOfTheSameSecretIsNoFlood() {
        var hashes = List.of(secrets.hash(SECRET));

        var outcomes =
                Flux.range(0, 500)
                        .flatMap(_ -> secrets.matches(SECRET, hashes), 500)
                        .collectList()
                        .block();

        assertThat(outcomes).hasSize(500).containsOnly(true);
    }

    @Test
    void whatBCryptWouldCutOffIsNotRight() {
        var longest = "x".repeat(72);
        var hashes = List.of(secrets.hash(longest));

        assertThat(secrets.matches(longest, hashes).block()).isTrue();
        assertThat(secrets.matches(longest + "y", hashes).block()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 73})
    void aSecretHas16To72Bytes(int length) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> secrets.hash("s".repeat(length)))
                .withMessageNotContaining("ss");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sixteen-and-more+",
                "with a blank in it",
                "percent%20percent",
                "äöüäöüäöüäöüäöüäöü"
            })
    void aSecretHoldsNothingThatWouldBeEncodedOnItsWay(String secret) {
        assertThatIllegalArgumentException().isThrownBy(() -> secrets.hash(secret));
        assertThat(secrets.matches(secret, List.of()).block()).isFalse();
    }

    @Test
    void theHashIsNotTheSecret() {
        assertThat(secrets.hash(SECRET))
                .doesNotContain("secret")
                .isNotEqualTo(secrets.hash(SECRET));
    }
}
