package io.latchkey.events.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.events.AppId;
import io.latchkey.events.EventContext;
import io.latchkey.events.EventEnvelope;
import io.latchkey.events.EventId;
import io.latchkey.events.FailureClass;
import io.latchkey.events.LinkId;
import io.latchkey.events.MailAttemptFailed;
import io.latchkey.events.Subject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CloudEventCodecTest {
    private final CloudEventCodec codec = new CloudEventCodec();

    @Test
    void aRecordComesBackAsItWasSent() throws Exception {
        var context =
                EventContext.of("default", AppId.next(), "req-1")
                        .withAddress(new Subject("a".repeat(43)), "a***@example.com")
                        .withLink(LinkId.next());
        var sent =
                new EventEnvelope<>(
                        EventId.next(),
                        "mail-worker/n1",
                        Instant.parse("2026-01-02T03:04:05.123456Z"),
                        new MailAttemptFailed(
                                context, 2, "relay:25", FailureClass.TRANSIENT, "451 later", null));

        var encoded = codec.encode(sent);
        var received =
                codec.decode(
                        name -> encoded.headers().get(name).getBytes(StandardCharsets.UTF_8),
                        encoded.data().getBytes(StandardCharsets.UTF_8));

        assertThat(received).isEqualTo(sent);
    }
}
