package io.latchkey.auth.session;

import static io.latchkey.auth.Api.body;
import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.RunningAuthApi.APP;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.auth.Api;
import io.latchkey.auth.Backend;
import io.latchkey.auth.Browser;
import io.latchkey.auth.Person;
import io.latchkey.auth.TestLocks;
import io.latchkey.auth.TestRows;
import io.latchkey.events.LinkId;
import io.latchkey.events.SessionId;
import io.latchkey.events.UserId;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * S16 for what begins a session at the instant at which its user's sessions end: whichever comes
 * first, nobody is signed in when both are over.
 */
class BegunMeanwhileIT {
    private static final String SESSION = "SELECT FROM auth.session WHERE id = ? FOR UPDATE";
    private final Api app = Api.of(APP);
    private final Backend backend = new Backend(APP);
    private final Person person = new Person();
    private final String address = newAddress();
    private final SessionId earlier = sessionOf(backend.signIn(address));
    private final String user =
            body(app.get("/api/v1/sessions/" + earlier), 200).required("user_id").stringValue();

    @AfterEach
    void close() {
        person.close();
        backend.close();
        app.close();
    }

    @ParameterizedTest
    @EnumSource
    void whatACodeIsBeginningEndsToo(EndOfAll end) {
        var link = backend.link(address);
        var code = person.confirm(link);

        var redeemed =
                inTurn(() -> backend.redeem(code), () -> end.call(app, user), hostedSession(link))
                        .getFirst();

        var refreshToken = Backend.tokens(redeemed).required("refresh_token").stringValue();
        assertThat(backend.refresh(refreshToken).body()).contains("invalid_grant");
        assertNobodyIsSignedIn();
    }

    @ParameterizedTest
    @EnumSource
    void aCodeThatComesDuringTheEndBeginsNothing(EndOfAll end) {
        var code = person.confirm(backend.link(address));

        var redeemed =
                inTurn(() -> end.call(app, user), () -> backend.redeem(code), earlier.value())
                        .getLast();

        assertThat(redeemed.body()).contains("invalid_grant");
        assertNobodyIsSignedIn();
    }

    /** In a browser in which somebody else is signed in, whose session is replaced. */
    @ParameterizedTest
    @EnumSource
    void whatAButtonIsBeginningEndsToo(EndOfAll end) {
        var others = backend.link(newAddress());
        person.confirm(others);
        var link = backend.link(address);
        var field = Browser.field(person.open(link));

        inTurn(() -> person.submit(link, field), () -> end.call(app, user), hostedSession(others));

        assertThat(sessionsBegunBy(link)).as("a session was begun").isOne();
        assertNobodyIsSignedIn();
    }

    @ParameterizedTest
    @EnumSource
    void aButtonThatComesDuringTheEndBeginsNothing(EndOfAll end) {
        var link = backend.link(address);
        var field = Browser.field(person.open(link));
        var _ = person.submit(link, field);
        // As a node leaves it that dies between the confirmation and the session.
        TestRows.update("DELETE FROM auth.session WHERE link_id = ?", link.value());
        TestRows.update("UPDATE auth.link SET hosted_session_id = NULL WHERE id = ?", link.value());

        inTurn(() -> end.call(app, user), () -> person.submit(link, field), earlier.value());

        assertThat(sessionsBegunBy(link)).isZero();
        assertNobodyIsSignedIn();
    }

    /** The first waits for that session's row; the second comes when it has all before that. */
    private static List<HttpResponse<String>> inTurn(
            Callable<HttpResponse<String>> first,
            Callable<HttpResponse<String>> second,
            UUID session) {
        var answers = TestLocks.inTurn(List.of(first, second), SESSION, session);
        assertThat(answers).extracting(HttpResponse::statusCode).allMatch(status -> status < 500);
        return answers;
    }

    private void assertNobodyIsSignedIn() {
        assertThat(
                        TestRows.count(
                                "FROM auth.session WHERE user_id = ? AND ended_at IS NULL",
                                UserId.parse(user).value()))
                .isZero();
    }

    private static long sessionsBegunBy(LinkId link) {
        return TestRows.count("FROM auth.session WHERE link_id = ?", link.value());
    }

    private static UUID hostedSession(LinkId link) {
        return UUID.fromString(String.valueOf(TestRows.link(link).get("hosted_session_id")));
    }

    private static SessionId sessionOf(JsonNode tokens) {
        return SessionId.parse(tokens.required("session_id").stringValue());
    }
}
