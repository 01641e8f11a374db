package io.latchkey.standalone.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class InboxTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private final Inbox inbox = new Inbox(InstantSource.fixed(NOW));

    @Test
    void readsBothFormsOfAMailAndItsHeaders() {
        receive(
                """
                Message-ID: <1@latchkey>
                From: =?utf-8?Q?L=C3=A4tchkey?= <no-reply@example.com>
                To: Ada <ada@example.com>, bob@example.com
                Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=
                X-Folded: one
                 two
                X-Twice: a
                X-Twice: b
                MIME-Version: 1.0
                Content-Type: multipart/alternative; boundary=b

                --b
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: quoted-printable

                Gr=C3=BC=C3=9Fe
                --b
                Content-Type: text/html; charset=utf-8

                <p>Grüße</p>
                --b--
                """);

        var mail = inbox.newest(1).getFirst();
        assertThat(mail.messageId()).isEqualTo("1@latchkey");
        assertThat(mail.from()).isEqualTo(new Mail.Address("Lätchkey", "no-reply@example.com"));
        assertThat(mail.to())
                .containsExactly(
                        new Mail.Address("Ada", "ada@example.com"),
                        new Mail.Address("", "bob@example.com"));
        assertThat(mail.subject()).isEqualTo("Grüße");
        assertThat(mail.text().strip()).isEqualTo("Grüße");
        assertThat(mail.html().strip()).isEqualTo("<p>Grüße</p>");
        assertThat(mail.receivedAt()).isEqualTo(NOW);
        assertThat(mail.headers().get("X-Folded")).containsExactly("one two");
        assertThat(mail.headers().get("X-Twice")).containsExactly("a", "b");
    }

    @Test
    void keepsAMailThatItCannotRead() {
        receive("Content-Type: multipart/alternative\n\nno boundary at all");
        receive("Content-Type: text/plain; charset=nonsense\n\nhello");
        receive("");

        assertThat(inbox.size()).isEqualTo(3);
        assertThat(inbox.newest(3)).allMatch(mail -> inbox.find(mail.id()).isPresent());
    }

    @Test
    void keepsTheNewestTwoThousand() {
        for (int i = 0; i <= Inbox.CAPACITY; i++) {
            receive("Subject: " + i + "\n\nx");
        }

        assertThat(inbox.size()).isEqualTo(2_000);
        assertThat(inbox.newest(1).getFirst().subject()).isEqualTo("2000");
        assertThat(inbox.newest(2_000).getLast().subject()).isEqualTo("1");
    }

    private void receive(String message) {
        inbox.receive(
                "ada@example.com", message.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }
}
