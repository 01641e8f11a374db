package io.latchkey.events.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.events.AppId;
import io.latchkey.events.EmailAddress;
import io.latchkey.events.EventContext;
import io.latchkey.events.Intent;
import io.latchkey.events.LinkId;
import io.latchkey.events.LinkRequested;
import io.latchkey.events.MailApp;
import io.latchkey.events.MailBranding;
import io.latchkey.events.MailOverrides;
import io.latchkey.events.SessionId;
import io.latchkey.events.Subject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every derivation gives what an independent computation and the RFCs give. */
class DerivationVectorsTest {
    private static final LinkId LINK = LinkId.parse(Vectors.of("link_id"));
    private static final SessionId SESSION = SessionId.parse(Vectors.of("session_id"));
    private final KeyRing ring = TestRings.both();
    private final MailKeyRing mail = ring.mail();

    @Test
    void hkdfIsThatOfRfc5869A3() {
        var parent = Hmac.key(HexFormat.of().parseHex("0b".repeat(22)));

        var derived = Hmac.derive(parent, "").getEncoded();

        assertThat(derived)
                .asHexString()
                .isEqualToIgnoringCase(
                        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");
    }

    @ParameterizedTest
    @CsvSource({
        // RFC 4226, section 5.4, and appendix D
        "1f8698690e02ca16618550ef7f19da8e945b555a, 872921",
        "cc93cf18508d94934c64b65d8ba7667fb7cde4b0, 755224",
        "75a48a19d4cbe100644e8ac1397eea747a2d33ab, 287082",
        "0bacb7fa082fef30782211938bc1c5e70416ff44, 359152",
        "66c28227d03a2d5529262ff016a1e6ef76557ece, 969429",
        "a904c900a64b35909874b33e61c5938a8e15ed1c, 338314",
        "a37e783d7b7233c083d4f62926c7a25f238d0316, 254676",
        "bc9cd28561042c83f219324d3c607256c03272ae, 287922",
        "a4fb960c0bc06e1eabb804e5b397cdc4b45596fa, 162583",
        "1b3c89f65e6c9e883012052823443f048b4332db, 399871",
        "1637409809a679dc698207310c8c7fc07290d9e5, 520489"
    })
    void codesAreTruncatedAsInRfc4226(String mac, String code) {
        assertThat(EmailCode.truncate(HexFormat.of().parseHex(mac))).isEqualTo(code);
    }

    @Test
    void codesKeepTheirLeadingZeros() {
        var mac = new byte[32];
        mac[3] = 42;

        assertThat(EmailCode.truncate(mac)).isEqualTo("000042");
    }

    @ParameterizedTest
    @ValueSource(strings = {"k001", "k002"})
    void linkToken(String kid) {
        assertThat(LinkToken.of(LINK, kid, mail)).isEqualTo(Vectors.of(kid, "link_token"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"k001", "k002"})
    void emailCode(String kid) {
        assertThat(EmailCode.of(LINK, kid, mail)).isEqualTo(Vectors.of(kid, "email_code"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"k001", "k002"})
    void authorizationCode(String kid) {
        assertThat(AuthorizationCode.of(LINK, kid, ring))
                .isEqualTo(Vectors.of(kid, "authorization_code"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"k001", "k002"})
    void refreshToken(String kid) {
        assertThat(RefreshToken.of(SESSION, 1, kid, ring))
                .isEqualTo(Vectors.of(kid, "refresh_token_generation_1"));
        assertThat(RefreshToken.of(SESSION, 258, kid, ring))
                .isEqualTo(Vectors.of(kid, "refresh_token_generation_258"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"k001", "k002"})
    void eventSeal(String kid) {
        var sealing = kid.equals("k001") ? TestRings.firstOnly() : TestRings.secondOnly();

        var seal =
                EventSeal.of(
                        "evt_01h455vb4pex5vsknk084sn02q",
                        "io.latchkey.MailSent.v1",
                        bytes("{\"attempt\":1}"),
                        sealing.mail());

        assertThat(seal).isEqualTo(Vectors.of(kid, "event_seal"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"k001", "k002"})
    void messageId(String kid) {
        assertThat(MessageIds.of(LINK, kid, "login.example", mail))
                .isEqualTo(Vectors.of(kid, "message_id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"k001", "k002"})
    void requestDigest(String kid) {
        var body = bytes("{\"email\":\"ada@example.com\"}");
        var digesting = kid.equals("k001") ? TestRings.firstOnly() : TestRings.secondOnly();

        assertThat(RequestDigest.of(body, digesting)).isEqualTo(Vectors.of(kid, "request_digest"));
        assertThat(RequestDigest.matches(Vectors.of(kid, "request_digest"), body, ring)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"k001", "k002"})
    void orderSeal(String kid) {
        var subject = new byte[32];
        IntStream.range(0, 32).forEach(i -> subject[i] = (byte) (64 + i));
        var context =
                EventContext.of("default", AppId.parse("app_01h455vb4pex5vsknk084sn02q"), "req-1")
                        .withAddress(new Subject(Base64Url.encode(subject)), "a***@example.com")
                        .withLink(LINK)
                        .withClient("192.0.2.1", "Example/1.0");
        var order =
                new LinkRequested(
                        context,
                        kid,
                        "ada@example.com",
                        Intent.SIGN_IN,
                        "de-AT",
                        Instant.parse("2026-01-02T03:04:05.123456789Z"),
                        Instant.parse("2026-01-02T03:19:05Z"),
                        600,
                        "https://auth.example.com/l/",
                        new MailApp(
                                "Café", new MailBranding(null, "#1a2b3c", "Café Sign-in", null), 0),
                        new MailOverrides("Hello", null, null, null, null),
                        "");

        assertThat(OrderSeal.seal(order, mail).seal()).isEqualTo(Vectors.of(kid, "order_seal"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"k001", "k002"})
    void encryption(String kid) {
        var encrypted = HexFormat.of().parseHex(Vectors.of(kid, "encrypted"));

        assertThat(new RingCipher(ring).decrypt(encrypted, "signing-key/1"))
                .isEqualTo(bytes("a signing key"));
    }

    @Test
    void hashesOfAnAddress() {
        var key = SubjectKey.parse(Vectors.of("subject_key"));
        var ada = EmailAddress.parse("Ada@Example.com");

        assertThat(key.subject(ada).value()).isEqualTo(Vectors.of("subject"));
        assertThat(key.persistentId("default", ada)).isEqualTo(Vectors.of("persistent_id_default"));
        assertThat(key.persistentId("other", ada)).isEqualTo(Vectors.of("persistent_id_other"));
        assertThat(key.subject(EmailAddress.parse("ada@Bücher.example")).value())
                .isEqualTo(Vectors.of("subject_idn"));
    }

    @Test
    void mailKeys() {
        assertThat(ring.formatMailKeys()).isEqualTo(Vectors.of("mail_keys"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
