package io.latchkey.auth;

import static io.latchkey.auth.Backend.requestFor;
import static io.latchkey.auth.RunningAuthApi.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Promise S17: what signs somebody in is in no log, row or record. */
class SecretsIT {
    private static final String ADDRESS = "very.secret.person@mail.example";
    private final Backend backend = new Backend(APP);
    private final Person person = new Person();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();

    @BeforeEach
    void listen() {
        // A database that runs in this JVM's care tells its own log here: that is no log of ours.
        ((Logger) LoggerFactory.getLogger("io.zonky")).setLevel(Level.OFF);
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(root.getLoggerContext());
        encoder.setPattern("%level %logger %mdc %kvp %msg %ex{full}%n");
        encoder.start();
        appender.setContext(root.getLoggerContext());
        appender.setEncoder(encoder);
        appender.setOutputStream(written);
        appender.start();
        root.addAppender(appender);
    }

    @AfterEach
    void close() {
        root.detachAppender(appender);
        person.close();
        backend.close();
    }

    @Test
    void noSecretIsLoggedKeptOrPublished() throws SQLException {
        var secrets = new ArrayList<>(RunningAuthApi.secrets());

        signInAndFail(secrets);
        breakWhatIsUnderWay(secrets);

        var logs = written.toString(StandardCharsets.UTF_8);
        assertThat(logs).contains("A request could not be served", "A request failed");
        assertThat(logs).doesNotContain(ADDRESS).doesNotContain("very.secret");
        await().atMost(Duration.ofSeconds(20)).until(() -> TestRows.count("FROM auth.outbox") == 0);
        var events =
                await().atMost(Duration.ofSeconds(20))
                        .until(TestEvents::dump, dump -> dump.contains("SessionRefreshed"));
        var rows = databaseDump();
        assertThat(events).contains("LinkConfirmed");
        assertThat(rows).contains(APP.value().toString(), ADDRESS);
        for (var secret : secrets) {
            assertThat(logs.contains(secret)).as("logs: %s", secret).isFalse();
            assertThat(events.contains(secret)).as("events: %s", secret).isFalse();
            assertThat(rows.contains(secret)).as("rows: %s", secret).isFalse();
        }
        // RFC 7518 §6.2.2.1: the private part of a JWK is a string.
        assertThat(rows)
                .doesNotContain("BEGIN PRIVATE KEY")
                .doesNotContainPattern("\"d\"\\s*:\\s*\"");
    }

    private void signInAndFail(List<String> secrets) {
        var request = requestFor(ADDRESS);
        request.put("nonce", "n");
        var api = RunningAuthApi.get();
        var link = backend.link(request);
        secrets.add(api.linkToken(link));
        var pressed = person.press(link);
        var code = Person.code(pressed);
        secrets.add(code);
        secrets.add(hostedCookie(pressed));
        var tokens = Backend.tokens(backend.redeem(code));
        for (var name : List.of("access_token", "refresh_token", "id_token")) {
            secrets.add(tokens.required(name).stringValue());
        }
        var refreshToken = tokens.required("refresh_token").stringValue();
        secrets.add(
                Backend.tokens(backend.refresh(refreshToken))
                        .required("refresh_token")
                        .stringValue());
        var _ = person.open(link);
        var _ = backend.redeem(code);
        var _ = backend.refresh(refreshToken + "x");
        var _ = backend.send("{\"email\":\"" + ADDRESS + "\",\"x\":1}");
        var _ = backend.token(Map.of("grant_type", "client_credentials", "scope", "x"));
    }

    /** What keeps a browser signed in on our pages. */
    private static String hostedCookie(HttpResponse<String> answer) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith("latchkey="))
                .map(cookie -> cookie.substring("latchkey=".length(), cookie.indexOf(';')))
                .findFirst()
                .orElseThrow();
    }

    /** Provokes a 503 and a 500 in the middle of what carries secrets. */
    private void breakWhatIsUnderWay(List<String> secrets) throws SQLException {
        var link = backend.link(ADDRESS);
        var field = Browser.field(person.open(link));
        secrets.add(RunningAuthApi.get().linkToken(link));
        try (var lock = TestRows.connect()) {
            lock.setAutoCommit(false);
            lock.createStatement().execute("LOCK TABLE auth.link IN ACCESS EXCLUSIVE MODE");
            assertThat(person.submit(link, field).statusCode()).isEqualTo(503);
            lock.rollback();
        }
        TestRows.update("ALTER TABLE auth.\"user\" ADD CONSTRAINT broken CHECK (false) NOT VALID");
        try {
            assertThat(person.submit(link, field).statusCode()).isEqualTo(500);
        } finally {
            TestRows.update("ALTER TABLE auth.\"user\" DROP CONSTRAINT broken");
        }
        assertThat(root.getLevel()).isEqualTo(Level.INFO);
        secrets.add(person.confirm(link));
    }

    private static String databaseDump() {
        var dump = new StringBuilder();
        for (var table :
                TestRows.select(
                        "SELECT tablename FROM pg_tables WHERE schemaname = 'auth'"
                                + " AND tablename NOT LIKE 'flyway%'")) {
            dump.append(TestRows.select("SELECT * FROM auth.\"" + table.get("tablename") + "\""));
        }
        return dump.toString();
    }
}
