package io.latchkey.events.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.events.LinkId;
import io.latchkey.events.SessionId;
import java.util.Base64;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What link tokens, authorization codes and refresh tokens have in common. */
class KeyedTokensTest {
    private static final LinkId LINK = LinkId.next();
    private static final SessionId SESSION = SessionId.next();

    /**
     * @param length in characters
     * @param opened what a genuine token under k001 says
     */
    record Kind(
            String name,
            int length,
            Object opened,
            BiFunction<String, KeyRing, String> make,
            BiFunction<String, KeyRing, Optional<Object>> open) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Kind> kinds() {
        return Stream.of(
                new Kind(
                        "link token",
                        70,
                        new LinkToken(LINK, "k001"),
                        (kid, ring) -> LinkToken.of(LINK, kid, ring.mail()),
                        (token, ring) -> LinkToken.open(token, ring.mail()).map(o -> o)),
                new Kind(
                        "authorization code",
                        70,
                        new AuthorizationCode(LINK, "k001"),
                        (kid, ring) -> AuthorizationCode.of(LINK, kid, ring),
                        (token, ring) -> AuthorizationCode.open(token, ring).map(o -> o)),
                new Kind(
                        "refresh token",
                        75,
                        new RefreshToken(SESSION, 7, "k001"),
                        (kid, ring) -> RefreshToken.of(SESSION, 7, kid, ring),
                        (token, ring) -> RefreshToken.open(token, ring).map(o -> o)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aGenuineTokenSaysWhatItWasMadeOf(Kind kind) {
        var token = kind.make().apply("k001", TestRings.both());

        assertThat(token).matches("[A-Za-z0-9_-]{" + kind.length() + "}");
        assertThat(kind.make().apply("k001", TestRings.both())).isEqualTo(token);
        assertThat(kind.open().apply(token, TestRings.both())).hasValue(kind.opened());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void anOldKidIsAcceptedUntilItIsRemoved(Kind kind) {
        var token = kind.make().apply("k001", TestRings.firstOnly());

        assertThat(kind.open().apply(token, TestRings.both())).isPresent();
        assertThat(kind.open().apply(token, TestRings.secondInFront())).isPresent();
        assertThat(kind.open().apply(token, TestRings.secondOnly())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aTokenOfWhichAnyBitWasFlippedIsRefused(Kind kind) {
        var ring = TestRings.both();
        var bytes = Base64.getUrlDecoder().decode(kind.make().apply("k001", ring));

        for (int bit = 0; bit < bytes.length * 8; bit++) {
            var forged = bytes.clone();
            forged[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(kind.open().apply(Base64Url.encode(forged), ring))
                    .as("bit %s", bit)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aTokenCutShortOrExtendedIsRefused(Kind kind) {
        var ring = TestRings.both();
        var token = kind.make().apply("k001", ring);

        IntStream.range(0, token.length())
                .forEach(n -> assertThat(kind.open().apply(token.substring(0, n), ring)).isEmpty());
        for (var more : new String[] {"A", "AA", "=", "==", "\n", " ", token}) {
            assertThat(kind.open().apply(token + more, ring)).isEmpty();
            assertThat(kind.open().apply(more + token, ring)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aTokenHasOneSpelling(Kind kind) {
        var ring = TestRings.both();
        var token = kind.make().apply("k001", ring);
        var last = token.length() - 1;
        var alphabet =
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
                        .chars()
                        .mapToObj(Character::toString)
                        .toList();

        for (var other : alphabet) {
            var spelling = token.substring(0, last) + other;
            assertThat(kind.open().apply(spelling, ring).isPresent())
                    .as("ending with %s", other)
                    .isEqualTo(spelling.equals(token));
        }
        for (var other : new String[] {"+", "/", "=", " ", "é", "\u0000", "😀"}) {
            assertThat(kind.open().apply(token.substring(0, last) + other, ring)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aTokenUnderTheNameOfAnotherKidIsRefused(Kind kind) {
        var ring = TestRings.both();
        var bytes = Base64.getUrlDecoder().decode(kind.make().apply("k001", ring));
        for (var kid : new String[] {"k002", "k003", "K001", "\u0000\u0000\u0000\u0000"}) {
            var renamed = bytes.clone();
            System.arraycopy(Base64Url.ascii(kid), 0, renamed, bytes.length - Hmac.LENGTH - 4, 4);

            assertThat(kind.open().apply(Base64Url.encode(renamed), ring)).isEmpty();
        }
    }

    @Test
    void aTokenOfOneKindIsNoneOfAnother() {
        var ring = TestRings.both();

        kinds().forEach(
                        made ->
                                kinds().filter(other -> !other.name().equals(made.name()))
                                        .forEach(
                                                other ->
                                                        assertThat(
                                                                        other.open()
                                                                                .apply(
                                                                                        made.make()
                                                                                                .apply(
                                                                                                        "k001",
                                                                                                        ring),
                                                                                        ring))
                                                                .isEmpty()));
    }

    @Test
    void aRefreshTokenIsOfOneGeneration() {
        var ring = TestRings.both();

        assertThat(RefreshToken.of(SESSION, 1, "k001", ring))
                .isNotEqualTo(RefreshToken.of(SESSION, 2, "k001", ring));
        assertThat(
                        RefreshToken.open(
                                RefreshToken.of(SESSION, Integer.MAX_VALUE, "k001", ring), ring))
                .map(RefreshToken::generation)
                .hasValue(Integer.MAX_VALUE);
    }
}
