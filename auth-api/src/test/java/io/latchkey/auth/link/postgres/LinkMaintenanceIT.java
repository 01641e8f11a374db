package io.latchkey.auth.link.postgres;

import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.RunningAuthApi.APP;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.auth.AtOnce;
import io.latchkey.auth.Backend;
import io.latchkey.auth.RunningAuthApi;
import io.latchkey.auth.TestRows;
import io.latchkey.auth.link.LinkProperties;
import io.latchkey.auth.platform.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LinkMaintenanceIT {
    private final RunningAuthApi api = RunningAuthApi.get();
    private final LinkMaintenance maintenance = api.bean(LinkMaintenance.class);
    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

    @Test
    void thereIsAPartitionForYesterdayAndEachDayOfTheWeekToCome() {
        assertThat(partitions())
                .containsAll(
                        today.minusDays(1)
                                .datesUntil(today.plusDays(8))
                                .map(LinkMaintenanceIT::partition)
                                .toList());
    }

    /** The scheduler calls the method once and subscribes again and again. */
    @Test
    void aRoundThreeDaysLaterGoesThreeDaysFurther() {
        var later = new AtomicReference<>(Instant.now());
        var rounds =
                new LinkMaintenance(
                                api.bean(Database.class),
                                later::get,
                                api.bean(LinkProperties.class))
                        .maintain();

        later.set(later.get().plus(Duration.ofDays(3)));
        rounds.block();

        assertThat(partitions()).contains(partition(today.plusDays(10)));
    }

    @Test
    void oldDaysAreForgottenAndTheOthersKept() {
        var kept = today.minusDays(9);
        var old = today.minusDays(10);
        for (var day : List.of(kept, old)) {
            TestRows.select("SELECT auth.ensure_link_partitions(?, ?)", day, day);
        }
        try (var backend = new Backend(APP)) {
            var link = backend.link(newAddress());

            AtOnce.times(3, () -> maintenance.maintain().then().toFuture().get());

            assertThat(partitions()).contains(partition(kept)).doesNotContain(partition(old));
            assertThat(backend.status(link)).isEqualTo("accepted");
        }
    }

    @Test
    void idempotencyKeysAreForgottenAfterADay() {
        for (var age : List.of("25 hours", "23 hours")) {
            TestRows.update(
                    "INSERT INTO auth.idempotency_key"
                            + " (app_id, key, digest, link_id, expires_at, created_at)"
                            + " VALUES (?, ?, 'x', ?, now(), now() - ?::interval)",
                    APP.value(),
                    "maintenance " + age,
                    UUID.randomUUID(),
                    age);
        }

        maintenance.maintain().block();

        assertThat(TestRows.select("SELECT key FROM auth.idempotency_key WHERE key LIKE 'maint%'"))
                .extracting(row -> row.get("key"))
                .containsExactly("maintenance 23 hours");
    }

    private static List<String> partitions() {
        return TestRows.select(
                        "SELECT relname FROM pg_class JOIN pg_inherits ON inhrelid = oid"
                                + " WHERE inhparent = 'auth.link'::regclass")
                .stream()
                .map(row -> String.valueOf(row.get("relname")))
                .toList();
    }

    private static String partition(LocalDate day) {
        return "link_" + day.format(DateTimeFormatter.BASIC_ISO_DATE);
    }
}
