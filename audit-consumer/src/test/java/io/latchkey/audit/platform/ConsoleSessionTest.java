package io.latchkey.audit.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleSessionTest {
    private static final String TOKEN = "0123456789abcdef";
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
    private final ConsoleSession sessions = sessions(TOKEN, NOW);

    @Test
    void theTokenBeginsOneThatEndsAfterTwelveHours() {
        var session = sessions.begin(TOKEN).orElseThrow();
        var end = NOW.plus(Duration.ofHours(12));

        assertThat(sessions.reader(session)).hasValue(new AuditReader("audit", null, end));
        assertThat(sessions(TOKEN, end.minusSeconds(1)).reader(session)).isPresent();
        assertThat(sessions(TOKEN, end).reader(session)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0123456789abcde", "0123456789abcdef ", "0123456789ABCDEF"})
    void nothingElseDoes(String token) {
        assertThat(sessions.begin(token)).isEmpty();
    }

    @Test
    void anotherTokenEndsIt() {
        var session = sessions.begin(TOKEN).orElseThrow();

        assertThat(sessions("another-audit-token", NOW).reader(session)).isEmpty();
    }

    @Test
    void itsEndCannotBeChanged() {
        var session = sessions.begin(TOKEN).orElseThrow();
        var end = session.substring(0, session.indexOf('.'));
        var later = Long.toString(Long.parseLong(end) + 1);

        assertThat(sessions.reader(session.replace(end, later))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "1", "999999999999.", "a.b", "9999999999999999999999.x"})
    void whatIsNoneIsNobodys(String text) {
        assertThat(sessions.reader(text)).isEmpty();
    }

    private static ConsoleSession sessions(String token, Instant now) {
        var issuer = URI.create("https://sign-in.example");
        return new ConsoleSession(
                new AuditProperties(token, "A".repeat(43), issuer, issuer, "node-1"),
                InstantSource.fixed(now));
    }
}
