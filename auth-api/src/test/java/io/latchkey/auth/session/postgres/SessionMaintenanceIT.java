package io.latchkey.auth.session.postgres;

import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.RunningAuthApi.APP;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.auth.AtOnce;
import io.latchkey.auth.Backend;
import io.latchkey.auth.RunningAuthApi;
import io.latchkey.auth.TestRows;
import io.latchkey.events.SessionId;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionMaintenanceIT {
    private final Backend backend = new Backend(APP);

    @AfterEach
    void close() {
        backend.close();
    }

    @Test
    void sessionsAreForgottenAMonthAfterTheirEndWhateverItWas() {
        var expired = session("NULL", "now() - interval '31 days'");
        var ended = session("now() - interval '31 days'", "now() + interval '1 day'");
        var lately = session("now() - interval '29 days'", "now() - interval '29 days'");
        var alive = session("NULL", "now() + interval '1 day'");

        AtOnce.times(
                3,
                () ->
                        RunningAuthApi.get()
                                .bean(SessionMaintenance.class)
                                .forget()
                                .toFuture()
                                .get());

        assertThat(isKept(expired)).isFalse();
        assertThat(isKept(ended)).isFalse();
        assertThat(isKept(lately)).isTrue();
        assertThat(isKept(alive)).isTrue();
    }

    private UUID session(String endedAt, String expiresAt) {
        var tokens = backend.signIn(newAddress());
        var id = SessionId.parse(tokens.required("session_id").stringValue()).value();
        TestRows.update(
                "UPDATE auth.session SET ended_at = %s, expires_at = %s WHERE id = ?"
                        .formatted(endedAt, expiresAt),
                id);
        return id;
    }

    private static boolean isKept(UUID session) {
        return TestRows.count("FROM auth.session WHERE id = ?", session) == 1;
    }
}
