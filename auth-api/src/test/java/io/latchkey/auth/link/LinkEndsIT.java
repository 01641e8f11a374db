package io.latchkey.auth.link;

import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.RunningAuthApi.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.latchkey.auth.Backend;
import io.latchkey.auth.Person;
import io.latchkey.auth.RunningAuthApi;
import io.latchkey.auth.TestEvents;
import io.latchkey.auth.TestRows;
import io.latchkey.events.LinkId;
import io.latchkey.events.secret.EventSeal;
import io.latchkey.events.secret.KeyRing;
import io.latchkey.events.wire.CloudEventCodec;
import io.latchkey.events.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What mail workers are told of links that end before their mail. */
class LinkEndsIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private final Backend backend = new Backend(APP);

    @AfterEach
    void close() {
        backend.close();
    }

    private static List<ConsumerRecord<String, byte[]>> toldOf(LinkId link) {
        return TestEvents.recordsAbout(link).stream()
                .filter(record -> record.topic().equals(Topics.LINK_ENDS.topic()))
                .toList();
    }

    private static ConsumerRecord<String, byte[]> awaitTold(LinkId link) {
        await().atMost(SOON).until(() -> !toldOf(link).isEmpty());
        assertThat(toldOf(link)).hasSize(1);
        return toldOf(link).getFirst();
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Test
    void aLinkThatIsRevokedBeforeItsMailIsTold() {
        var link = backend.link(newAddress());

        backend.revoke(link);

        var record = awaitTold(link);
        assertThat(record.key()).isEqualTo(link.toString());
        assertThat(header(record, CloudEventCodec.TYPE)).isEqualTo("io.latchkey.LinkRevoked.v1");
        var genuine =
                EventSeal.isGenuine(
                        header(record, CloudEventCodec.SEAL),
                        header(record, CloudEventCodec.ID),
                        header(record, CloudEventCodec.TYPE),
                        record.value(),
                        RunningAuthApi.get().bean(KeyRing.class).mail());
        assertThat(genuine).isTrue();
        TestEvents.awaitExactly(link, "LinkRequested", "LinkRevoked");
    }

    @Test
    void aLinkThatIsUsedBeforeItsMailIsToldAndSoAreItsSiblings() {
        var address = newAddress();
        var sibling = backend.link(address);
        var link = backend.link(address);

        try (var person = new Person()) {
            var _ = person.confirm(link);
        }

        assertThat(header(awaitTold(link), CloudEventCodec.TYPE))
                .isEqualTo("io.latchkey.LinkConfirmed.v1");
        assertThat(header(awaitTold(sibling), CloudEventCodec.TYPE))
                .isEqualTo("io.latchkey.LinkRevoked.v1");
    }

    @Test
    void ofALinkThatWasMailedOrIsTooLateForItNobodyIsTold() {
        var mailed = backend.link(newAddress());
        TestRows.update("UPDATE auth.link SET mailed_at = now() WHERE id = ?", mailed.value());
        var late = backend.link(newAddress());
        TestRows.update("UPDATE auth.link SET deliver_by = now() WHERE id = ?", late.value());

        backend.revoke(mailed);
        backend.revoke(late);

        TestEvents.awaitExactly(mailed, "LinkRequested", "LinkRevoked");
        TestEvents.awaitExactly(late, "LinkRequested", "LinkRevoked");
        var other = backend.link(newAddress());
        backend.revoke(other);
        awaitTold(other);
        assertThat(toldOf(mailed)).isEmpty();
        assertThat(toldOf(late)).isEmpty();
    }
}
