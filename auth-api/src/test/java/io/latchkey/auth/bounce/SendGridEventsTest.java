package io.latchkey.auth.bounce;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.events.FailureClass;
import io.latchkey.events.LinkId;
import io.latchkey.events.MailBounced;
import io.latchkey.events.secret.KeyRing;
import io.latchkey.events.secret.MessageIds;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SendGridEventsTest {
    private static final LinkId LINK = LinkId.next();
    private static final KeyRing RING = KeyRing.parse(KeyRing.generate("k001"));
    private final SendGridEvents events = new SendGridEvents(RING.mail());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "\"event\":\"bounce\",\"type\":\"bounce\",\"status\":\"5.1.1\" | PERMANENT | hard_bounce | 5.1.1",
                "\"event\":\"bounce\",\"status\":\"550 no\" | PERMANENT | hard_bounce | -",
                "\"event\":\"bounce\",\"status\":511 | PERMANENT | hard_bounce | -",
                "\"event\":\"bounce\",\"type\":\"blocked\",\"status\":\"4.7.1\" | TRANSIENT | soft_bounce | 4.7.1",
                "\"event\":\"dropped\",\"reason\":\"Bounced Address\" | PERMANENT | hard_bounce | -",
                "\"event\":\"dropped\",\"reason\":\"Invalid\" | PERMANENT | hard_bounce | -",
                "\"event\":\"dropped\",\"reason\":\"Unsubscribed Address\" | TRANSIENT | soft_bounce | -",
                "\"event\":\"dropped\",\"reason\":\"Spam Reporting Address\" | PERMANENT | complaint | -",
                "\"event\":\"spamreport\" | PERMANENT | complaint | -"
            })
    void whatCameBackIsRead(
            String fields, FailureClass failureClass, String reason, String status) {
        var bounces = bounces("[{\"link_id\":\"" + LINK + "\",\"more\":{}," + fields + "}]");

        assertThat(bounces).hasSize(1);
        assertThat(bounces.getFirst().context().linkId()).isEqualTo(LINK);
        assertThat(bounces.getFirst().context().reason()).isEqualTo(reason);
        assertThat(bounces.getFirst().failureClass()).isEqualTo(failureClass);
        assertThat(bounces.getFirst().status()).isEqualTo(status);
    }

    @Test
    void theMessageIdNamesTheLinkToo() {
        var genuine = MessageIds.of(LINK, "k001", "login.example", RING.mail());
        var forged = MessageIds.of(LinkId.next(), "k001", "login.example", RING.mail());
        forged = genuine.substring(0, 32) + forged.substring(32);

        assertThat(bounces("[{\"event\":\"bounce\",\"smtp-id\":\"" + genuine + "\"}]"))
                .extracting(bounce -> bounce.context().linkId())
                .containsExactly(LINK);
        assertThat(bounces("[{\"event\":\"bounce\",\"smtp-id\":\"" + forged + "\"}]")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[1, null, \"bounce\", []]",
                "[{}]",
                "[{\"event\":\"bounce\"}]",
                "[{\"event\":\"bounce\",\"link_id\":\"of somebody else's\"}]",
                "[{\"event\":\"bounce\",\"link_id\":7}]",
                "[{\"event\":\"delivered\",\"link_id\":\"link_01h455vb4pex5vsknk084sn02q\"}]",
                "[{\"event\":\"deferred\",\"link_id\":\"link_01h455vb4pex5vsknk084sn02q\"}]",
                "[{\"event\":[\"bounce\"],\"link_id\":\"link_01h455vb4pex5vsknk084sn02q\"}]"
            })
    void whateverElseItTellsIsPassedOver(String body) {
        assertThat(bounces(body)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[", "[{]", "\"bounce\"", "null", "\u0000"})
    void whatIsNoArrayIsIllegible(String body) {
        assertThat(events.bounces(body.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    private List<MailBounced> bounces(String body) {
        return events.bounces(body.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }
}
