package io.latchkey.auth.oauth;

import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.RunningAuthApi.APP;
import static io.latchkey.auth.oauth.AuthorizationCodeIT.assertInvalidGrant;

import io.latchkey.auth.Backend;
import io.latchkey.auth.Person;
import io.latchkey.auth.TestRows;
import io.latchkey.events.SessionId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An entry of the key ring that leaked opens nothing that another entry has made. */
class RetiredKeyIT {
    private final Backend backend = new Backend(APP);

    @AfterEach
    void close() {
        backend.close();
    }

    @Test
    void aCodeCountsOnlyUnderTheKidOfItsLink() {
        var link = backend.link(newAddress());
        try (var person = new Person()) {
            var code = person.confirm(link);
            TestRows.update("UPDATE auth.link SET kid = 'k002' WHERE id = ?", link.value());

            assertInvalidGrant(backend.redeem(code));

            TestRows.update("UPDATE auth.link SET kid = 'k001' WHERE id = ?", link.value());
            Backend.tokens(backend.redeem(code));
        }
    }

    @Test
    void aRefreshTokenCountsOnlyUnderTheKidOfItsSession() {
        var tokens = backend.signIn(newAddress());
        var token = tokens.required("refresh_token").stringValue();
        var session = SessionId.parse(tokens.required("session_id").stringValue()).value();
        TestRows.update("UPDATE auth.session SET kid = 'k002' WHERE id = ?", session);

        assertInvalidGrant(backend.refresh(token));

        TestRows.update("UPDATE auth.session SET kid = 'k001' WHERE id = ?", session);
        Backend.tokens(backend.refresh(token));
    }
}
