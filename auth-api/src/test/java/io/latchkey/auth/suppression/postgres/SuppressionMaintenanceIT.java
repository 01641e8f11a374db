package io.latchkey.auth.suppression.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.auth.RunningAuthApi;
import io.latchkey.auth.TestRows;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SuppressionMaintenanceIT {
    private final SuppressionMaintenance maintenance =
            RunningAuthApi.get().bean(SuppressionMaintenance.class);
    private final String mine = UUID.randomUUID().toString();

    @Test
    void forgetsThoseWhoseTimeIsOverAndNoOther() throws Exception {
        suppress("over", "-1 second");
        suppress("lasting", "1 hour");

        maintenance.maintain().toFuture().get();

        assertThat(
                        TestRows.select(
                                "SELECT subject FROM auth.suppression WHERE subject LIKE ?",
                                mine + "%"))
                .extracting(row -> row.get("subject"))
                .containsExactly(mine + "lasting");
        // It is nobody's address: what others list must not meet it.
        TestRows.update("DELETE FROM auth.suppression WHERE subject LIKE ?", mine + "%");
    }

    private void suppress(String subject, String left) {
        TestRows.update(
                "INSERT INTO auth.suppression (subject, email_masked, reason, link_id, expires_at)"
                        + " VALUES (?, 'a***@mail.example', 'hard_bounce', uuidv7(),"
                        + " now() + ?::interval)",
                mine + subject,
                left);
    }
}
