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
import io.latchkey.events.LinkId;
import io.latchkey.events.secret.EmailCode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Promise S17: what signs somebody in is in no log, row, record, metric or trace. */
class SecretsIT {
    private static final String ADDRESS = "very.secret.person@mail.example";
    private final Backend backend = new Backend(APP);
    private final Person person = new Person();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    private final List<String> codes = new ArrayList<>();
    private final Observed observed = new Observed();

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
        observed.listen();
    }

    @AfterEach
    void close() {
        observed.close();
        root.detachAppender(appender);
        person.close();
        backend.close();
    }

    @Test
    void noSecretIsLoggedKeptOrPublished() throws SQLException {
        var secrets = new ArrayList<>(RunningAuthApi.secrets());

        signInAndFail(secrets);
        breakWhatIsUnderWay(secrets);

        await().atMost(Duration.ofSeconds(20)).until(() -> TestRows.count("FROM auth.outbox") == 0);
        var events =
                await().atMost(Duration.ofSeconds(20))
                        .until(TestEvents::dump, dump -> dump.contains("SessionRefreshed"));
        var rows = databaseDump();
        var logs = written.toString(StandardCharsets.UTF_8);
        var traces = observed.toString();
        var metrics = person.browser().get("/actuator/prometheus").body();
        assertThat(events).contains("LinkConfirmed");
        assertThat(rows).contains(APP.value().toString(), ADDRESS);
        assertThat(logs).contains("A request could not be served", "A request failed");
        assertThat(traces).contains("/l/{token}", "/oauth2/token");
        assertThat(metrics).contains("/l/{token}", "/oauth2/token");
        for (var told : List.of(logs, traces, metrics)) {
            assertThat(told.contains("very.secret")).as("the address").isFalse();
        }
        var places =
                Map.of(
                        "logs", logs,
                        "events", events,
                        "rows", rows,
                        "traces", traces,
                        "metrics", metrics);
        assertThat(places.keySet())
                .allSatisfy(
                        place -> {
                            var text = String.valueOf(places.get(place));
                            assertThat(secrets).as(place).filteredOn(text::contains).isEmpty();
                            assertThat(code().matcher(text).results())
                                    .as(place)
                                    .extracting(MatchResult::group)
                                    .isEmpty();
                        });
        // RFC 7518 §6.2.2.1: the private part of a JWK is a string.
        assertThat(rows)
                .doesNotContain("BEGIN PRIVATE KEY")
                .doesNotContainPattern("\"d\"\\s*:\\s*\"");
    }

    /** Six digits turn up by chance within a number or an id: only where they stand alone. */
    private Pattern code() {
        return Pattern.compile("(?<![\\w.])(%s)(?![\\w.])".formatted(String.join("|", codes)));
    }

    private void signInAndFail(List<String> secrets) {
        var request = requestFor(ADDRESS);
        request.put("nonce", "n");
        var api = RunningAuthApi.get();
        var link = backend.link(request);
        secrets.add(api.linkToken(link));
        codes.add(codeOf(link));
        var pressed = person.press(link);
        var code = Person.code(pressed);
        secrets.add(code);
        secrets.add(Browser.cookie(pressed, "latchkey"));
        var tokens = Backend.tokens(backend.redeem(code));
        for (var name : List.of("access_token", "refresh_token", "id_token")) {
            secrets.add(tokens.required(name).stringValue());
        }
        var refreshToken = tokens.required("refresh_token").stringValue();
        secrets.add(
                Backend.tokens(backend.refresh(refreshToken))
                        .required("refresh_token")
                        .stringValue());
        signInByCode();
        var _ = person.open(link);
        var _ = backend.redeem(code);
        var _ = backend.refresh(refreshToken + "x");
        var _ = backend.send("{\"email\":\"" + ADDRESS + "\",\"x\":1}");
        var _ = backend.token(Map.of("grant_type", "client_credentials", "scope", "x"));
    }

    private void signInByCode() {
        var link = backend.link(ADDRESS);
        var right = codeOf(link);
        var wrong = right.equals("000000") ? "000001" : "000000";
        codes.add(right);
        for (var code : List.of(wrong, right)) {
            var _ =
                    backend.token(
                            Map.of(
                                    "grant_type",
                                    "urn:latchkey:grant-type:email-code",
                                    "link_id",
                                    link.toString(),
                                    "code",
                                    code));
        }
        assertThat(backend.status(link)).isEqualTo("exchanged");
    }

    private static String codeOf(LinkId link) {
        var ring = RunningAuthApi.get().ring();
        return EmailCode.of(link, ring.currentKid(), ring.mail());
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
