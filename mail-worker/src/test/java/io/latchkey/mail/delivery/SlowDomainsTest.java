package io.latchkey.mail.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.events.wire.Topics;
import io.latchkey.mail.delivery.SlowDomains.Stay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SlowDomainsTest {
    private static final String SLOW = "slow.example";
    private static final String OTHER = "example.com";

    /** Five places a partition; 15 for slow hand-overs to one domain. */
    private final SlowDomains domains =
            new SlowDomains(
                    new DeliveryProperties(60, 16, Duration.ofSeconds(15), Duration.ofSeconds(20)));

    private static MailOrder.Lane lane(int partition) {
        return new MailOrder.Lane(Topics.LINK_REQUESTS.topic(), partition);
    }

    private List<Stay> enter(String domain, int count, int partition) {
        var stays = new ArrayList<Stay>();
        for (int i = 0; i < count; i++) {
            stays.add(domains.enter(domain, lane(partition)).orElseThrow());
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

        assertThat(domains.enter(SLOW, lane(0))).isEmpty();
        assertThat(domains.enter(OTHER, lane(0))).isPresent();
        assertThat(domains.enter(SLOW, lane(1))).isPresent();
    }

    @Test
    void whoWouldTakeTheLastPlaceGoesInWhereAnotherOfItsDomainComesOut() {
        var stays = enter(SLOW, 4, 0);
        Thread.startVirtualThread(
                () -> {
                    awaitSome();
                    stays.getFirst().close();
                });

        assertThat(domains.enter(SLOW, lane(0))).isPresent();
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

        assertThat(domains.enter(SLOW, lane(11))).isEmpty();
        assertThat(domains.enter(OTHER, lane(11))).isPresent();
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

        assertThat(domains.enter(SLOW, lane(11))).isPresent();
    }

    @Test
    void ordersThatAreTriedAgainHaveNoPartitionsToKeepFree() {
        var due = new MailOrder.Lane(Topics.LINK_REQUESTS_DUE.topic(), 0);
        for (int i = 0; i < 6; i++) {
            assertThat(domains.enter(SLOW, due)).map(Optional::of).isPresent();
        }
    }
}
