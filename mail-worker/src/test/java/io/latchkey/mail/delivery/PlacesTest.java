package io.latchkey.mail.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.events.wire.Topics;
import io.latchkey.mail.delivery.Places.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private static final String SLOW = "slow.example";
    private static final String OTHER = "example.com";

    /** Five places a partition; 15 for slow hand-overs to one domain. */
    private final Places places =
            new Places(
                    new DeliveryProperties(60, 16, Duration.ofSeconds(15), Duration.ofSeconds(20)));

    private static MailOrder.Lane lane(int partition) {
        return new MailOrder.Lane(Topics.LINK_REQUESTS.topic(), partition);
    }

    private List<Place> enter(String domain, int count, int partition) {
        var stays = new ArrayList<Place>();
        for (int i = 0; i < count; i++) {
            stays.add(places.take(domain, lane(partition)).orElseThrow());
        }
        return stays;
    }

    private static void awaitSlow() {
        var began = System.nanoTime();
        Awaitility.await()
                .until(() -> System.nanoTime() - began > Duration.ofMillis(1100).toNanos());
    }

    @Test
    void theLastPlaceOfAPartitionIsNotForADomainThatHasAllOthers() {
        enter(SLOW, 4, 0);

        assertThat(places.take(SLOW, lane(0))).isEmpty();
        assertThat(places.take(OTHER, lane(0))).isPresent();
        assertThat(places.take(SLOW, lane(1))).isPresent();
    }

    @Test
    void whoWouldTakeTheLastPlaceGoesInWhereAnotherOfItsDomainComesOut() {
        var stays = enter(SLOW, 4, 0);
        Thread.startVirtualThread(
                () -> {
                    awaitSome();
                    stays.getFirst().close();
                });

        assertThat(places.take(SLOW, lane(0))).isPresent();
    }

    private static void awaitSome() {
        try {
            Thread.sleep(Duration.ofMillis(100));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aDomainThatIsSlowHasAQuarterOfAllPlaces() {
        for (int partition = 0; partition < 5; partition++) {
            enter(SLOW, 3, partition);
        }
        awaitSlow();

        assertThat(places.take(SLOW, lane(11))).isEmpty();
        assertThat(places.take(OTHER, lane(11))).isPresent();
    }

    @Test
    void whereAllAreSlowNoDomainIsToBlame() {
        for (int partition = 0; partition < 5; partition++) {
            enter(SLOW, 3, partition);
        }
        for (int partition = 5; partition < 10; partition++) {
            enter(OTHER, 3, partition);
        }
        awaitSlow();

        assertThat(places.take(SLOW, lane(11))).isPresent();
    }

    @Test
    void ordersThatAreTriedAgainHaveNoPartitionsToKeepFree() {
        var due = new MailOrder.Lane(Topics.LINK_REQUESTS_DUE.topic(), 0);
        for (int i = 0; i < 6; i++) {
            assertThat(places.take(SLOW, due)).map(Optional::of).isPresent();
        }
    }

    @Test
    void whoFindsNoPlaceWaitsForOne() throws Exception {
        var taken = new ArrayList<Place>();
        for (int i = 0; i < 60; i++) {
            taken.add(places.take("d" + i + ".example", lane(i % 12)).orElseThrow());
        }
        var next = new CompletableFuture<Place>();
        Thread.startVirtualThread(
                () -> next.complete(places.take("late.example", lane(0)).orElseThrow()));
        awaitSome();
        assertThat(next).isNotDone();

        taken.getFirst().close();

        assertThat(next.get(10, TimeUnit.SECONDS).waited()).isGreaterThan(Duration.ofMillis(50));
    }

    @Test
    void whatIsTriedAgainHasPlacesOfItsOwn() throws Exception {
        for (int i = 0; i < 60; i++) {
            var _ = places.take("d" + i + ".example", lane(i % 12)).orElseThrow();
        }

        var due = new MailOrder.Lane(Topics.LINK_REQUESTS_DUE.topic(), 0);
        var retry = new CompletableFuture<Optional<Place>>();
        Thread.startVirtualThread(() -> retry.complete(places.take(OTHER, due)));
        assertThat(retry.get(10, TimeUnit.SECONDS)).isPresent();
    }

    @Test
    void whoWaitedForSlowOnesOfItsDomainIsHeld() throws Exception {
        var due = new MailOrder.Lane(Topics.LINK_REQUESTS_DUE.topic(), 0);
        var taken = new ArrayList<Place>();
        for (int i = 0; i < 16; i++) {
            taken.add(places.take(SLOW, due).orElseThrow());
        }
        var next = new CompletableFuture<Optional<Place>>();
        Thread.startVirtualThread(() -> next.complete(places.take(SLOW, due)));
        awaitSlow();
        assertThat(next).isNotDone();

        taken.getFirst().close();

        assertThat(next.get(10, TimeUnit.SECONDS)).isEmpty();
        assertThat(places.take(OTHER, due)).isPresent();
    }

    @Test
    void thoseThatWaitForAPlaceDoNotHideThatTheRelayIsSlow() throws Exception {
        var taken = new ArrayList<Place>();
        for (int i = 0; i < 15; i++) {
            taken.add(places.take(SLOW, lane(i % 5)).orElseThrow());
        }
        for (int i = 0; i < 45; i++) {
            taken.add(places.take("d" + i + ".example", lane(i % 12)).orElseThrow());
        }
        for (int i = 0; i < 60; i++) {
            var domain = "w" + i + ".example";
            Thread.startVirtualThread(() -> places.take(domain, lane(11)).ifPresent(Place::close));
        }
        awaitSlow();

        var next = new CompletableFuture<Optional<Place>>();
        Thread.startVirtualThread(() -> next.complete(places.take(SLOW, lane(11))));
        awaitSome();
        taken.forEach(Place::close);

        assertThat(next.get(10, TimeUnit.SECONDS)).isPresent();
    }
}
