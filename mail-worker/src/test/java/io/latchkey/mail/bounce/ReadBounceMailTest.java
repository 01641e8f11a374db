package io.latchkey.mail.bounce;

import static io.latchkey.mail.bounce.TestReports.bounce;
import static io.latchkey.mail.bounce.TestReports.complaint;
import static io.latchkey.mail.bounce.TestReports.deliveryStatus;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.events.FailureClass;
import io.latchkey.events.LinkId;
import io.latchkey.events.MailBounced;
import io.latchkey.events.secret.MessageIds;
import io.latchkey.testing.TestOrders;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadBounceMailTest {
    private static final LinkId LINK = LinkId.next();
    private static final String MESSAGE_ID =
            MessageIds.of(LINK, "k001", "login.example", TestOrders.RING.mail());
    private static final String MAIL =
            "Message-ID: " + MESSAGE_ID + "\nFrom: <no-reply@login.example>\n\nHello\n";
    private final ReadBounceMail reader = new ReadBounceMail(TestOrders.RING.mail());

    @ParameterizedTest
    @CsvSource({
        "5.1.1, PERMANENT, hard_bounce",
        "5.7.26, PERMANENT, hard_bounce",
        "4.4.7, TRANSIENT, soft_bounce"
    })
    void aMailThatCouldNotBeDeliveredIsABounce(
            String status, FailureClass failureClass, String reason) {
        var bounced = bounced(bounce(status, MAIL));

        assertThat(bounced.context().linkId()).isEqualTo(LINK);
        assertThat(bounced.context().reason()).isEqualTo(reason);
        assertThat(bounced.failureClass()).isEqualTo(failureClass);
        assertThat(bounced.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"Ada@Example.com, true", "<ada@example.com>, true", "ada@uni.example, false"})
    void aReportAboutTheMailboxThatMailsArePassedOnToSaysNothingOfTheirReader(
            String to, boolean isAboutHim) {
        var answer = read(TestReports.bounceOf("ada@example.com", "To: " + to + "\n" + MAIL));

        assertThat(answer instanceof BounceMail.Bounced).isEqualTo(isAboutHim);
        assertThat(answer instanceof BounceMail.Other).isNotEqualTo(isAboutHim);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "message/rfc822",
                "text/rfc822-headers",
                "Text/RFC822-Headers; charset=us-ascii",
                "message/global"
            })
    void theMailMayComeBackAsItsHeadersAlone(String type) {
        var report = deliveryStatus("failed", "Status: 5.1.1\n", type, MAIL);

        assertThat(bounced(report).context().linkId()).isEqualTo(LINK);
    }

    @Test
    void wordsBesideTheStatusAreNotRead() {
        var report =
                deliveryStatus(
                        "FAILED (at last)",
                        "Status: 5.1.1 (no such user)\n",
                        "message/rfc822",
                        MAIL);

        assertThat(bounced(report).status()).isEqualTo("5.1.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Status: 550\n", "Status: 5.1.1.1\n", "Status: nonsense\n"})
    void withoutAStatusNothingSaysThatItIsForEver(String status) {
        var bounced = bounced(deliveryStatus("failed", status, "message/rfc822", MAIL));

        assertThat(bounced.failureClass()).isEqualTo(FailureClass.TRANSIENT);
        assertThat(bounced.status()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"delayed", "delivered", "relayed", "expanded", ""})
    void whatIsNoFailureIsPassedOver(String action) {
        assertThat(read(deliveryStatus(action, "Status: 4.4.1\n", "message/rfc822", MAIL)))
                .isInstanceOf(BounceMail.Other.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abuse", "Fraud"})
    void aReaderWhoComplainsIsHeard(String type) {
        var complained = bounced(complaint(type, MAIL));

        assertThat(complained.context().linkId()).isEqualTo(LINK);
        assertThat(complained.context().reason()).isEqualTo("complaint");
        assertThat(complained.failureClass()).isEqualTo(FailureClass.PERMANENT);
        assertThat(complained.status()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"not-spam", "auth-failure", "virus", ""})
    void otherFeedbackIsNoComplaint(String type) {
        assertThat(read(complaint(type, MAIL))).isInstanceOf(BounceMail.Other.class);
    }

    @Test
    void whoHasNotSeenTheMailIsNotBelieved() {
        var other = LinkId.next().toString();
        var mac = MESSAGE_ID.substring(MESSAGE_ID.indexOf('.') + 1, MESSAGE_ID.indexOf('@'));

        for (var forged :
                new String[] {
                    MAIL.replace(LINK.toString(), other),
                    MAIL.replace(mac, "0".repeat(mac.length())),
                    MAIL.replace("." + mac, ""),
                    MAIL.replace("Message-ID", "X-Message-ID"),
                    ""
                }) {
            assertThat(read(bounce("5.1.1", forged))).isInstanceOf(BounceMail.Forged.class);
            assertThat(read(complaint("abuse", forged))).isInstanceOf(BounceMail.Forged.class);
        }
    }

    @Test
    void aMessageIdElsewhereThanInTheMailCountsForNothing() {
        var report =
                bounce("5.1.1", "")
                        .replaceFirst("From: ", "Message-ID: " + MESSAGE_ID + "\r\nFrom: ");

        assertThat(read(report)).isInstanceOf(BounceMail.Forged.class);
        assertThat(read(MAIL)).isInstanceOf(BounceMail.Other.class);
    }

    @Test
    void aRelayThatSpellsTheMessageIdOtherwiseIsUnderstood() {
        assertThat(bounced(bounce("5.1.1", MAIL.toUpperCase(Locale.ROOT))).context().linkId())
                .isEqualTo(LINK);
    }

    @Test
    void whatIsMalformedIsPassedOver() {
        var genuine = bounce("5.1.1", MAIL);

        for (var malformed :
                new String[] {
                    "",
                    "\0",
                    "nonsense",
                    "Content-Type: multipart/report",
                    "Content-Type: multipart/report; report-type=delivery-status\r\n\r\n",
                    "Content-Type: \r\n\r\n",
                    genuine.replace("report-type=delivery-status", "report-type=\""),
                    genuine.replace("report-type=delivery-status;", ""),
                    genuine.replace("multipart/report", "multipart/mixed"),
                    genuine.replace("message/delivery-status", "message/"),
                    genuine.replace("Action: failed", "Action failed")
                }) {
            assertThat(read(malformed)).as(malformed).isInstanceOf(BounceMail.Other.class);
        }
    }

    /** Cut off anywhere, it is at most what it is as a whole. */
    @ParameterizedTest
    @CsvSource({"3, Bounced", "20, Other", "50000, Other"})
    void aReportOfMorePartsThanReportsHaveIsPassedOver(int more, String answer) {
        var report = bounce("5.1.1", MAIL);
        var end = report.lastIndexOf("--4F1Q2w3e4r.1772600767/relay.example--");
        var part = "--4F1Q2w3e4r.1772600767/relay.example\n\n";

        var read = read(report.substring(0, end) + part.repeat(more) + report.substring(end));

        assertThat(read.getClass().getSimpleName()).isEqualTo(answer);
    }

    @Test
    void whatIsCutOffBreaksNothing() {
        var genuine = bounce("5.1.1", MAIL);

        for (int length = 0; length < genuine.length(); length += 7) {
            var answer = read(genuine.substring(0, length));

            if (answer instanceof BounceMail.Bounced(var event)) {
                assertThat(event.context().linkId()).isEqualTo(LINK);
            }
        }
    }

    private MailBounced bounced(String raw) {
        var answer = read(raw);
        assertThat(answer).isInstanceOf(BounceMail.Bounced.class);
        return ((BounceMail.Bounced) answer).event();
    }

    private BounceMail read(String raw) {
        return reader.read(raw.getBytes(StandardCharsets.UTF_8));
    }
}
