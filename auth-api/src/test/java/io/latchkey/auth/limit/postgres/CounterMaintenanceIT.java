package io.latchkey.auth.limit.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.auth.RunningAuthApi;
import io.latchkey.auth.TestRows;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CounterMaintenanceIT {
    private final CounterMaintenance maintenance =
            RunningAuthApi.get().bean(CounterMaintenance.class);
    private final String mine = UUID.randomUUID().toString();

    private void counter(String key, String age) {
        TestRows.update(
                "INSERT INTO auth.rate_limit VALUES (?, now() - ?::interval)", mine + key, age);
    }

    private void tries(String subject, int daysAgo) {
        TestRows.update(
                "INSERT INTO auth.code_tries VALUES (?, auth.today() - ?, 1)",
                mine + subject,
                daysAgo);
    }

    @Test
    void forgetsWhatCountsNobodyAndNothingElse() throws Exception {
        counter("spent", "1 second");
        counter("counting", "-1 hour");
        tries("yesterday", 1);
        tries("today", 0);

        maintenance.maintain().toFuture().get();

        assertThat(TestRows.select("SELECT key FROM auth.rate_limit WHERE key LIKE ?", mine + "%"))
                .extracting(row -> row.get("key"))
                .containsExactly(mine + "counting");
        assertThat(
                        TestRows.select(
                                "SELECT subject FROM auth.code_tries WHERE subject LIKE ?",
                                mine + "%"))
                .extracting(row -> row.get("subject"))
                .containsExactly(mine + "today");
    }

    @Test
    void leavesACounterThatSomebodyIsUsing() throws Exception {
        counter("used", "1 second");
        try (var other = TestRows.connect()) {
            other.setAutoCommit(false);
            try (var lock =
                    other.prepareStatement(
                            "SELECT key FROM auth.rate_limit WHERE key = ? FOR UPDATE")) {
                lock.setString(1, mine + "used");
                lock.execute();

                maintenance.maintain().toFuture().get(2, java.util.concurrent.TimeUnit.SECONDS);
            }
            other.rollback();
        }

        assertThat(TestRows.count("FROM auth.rate_limit WHERE key = ?", mine + "used")).isOne();
    }
}
