package io.latchkey.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.events.EmailAddress;
import io.latchkey.events.LinkId;
import io.latchkey.events.LinkRequested;
import io.latchkey.events.MailBranding;
import io.latchkey.events.MailOverrides;
import io.latchkey.events.secret.EmailCode;
import io.latchkey.events.secret.LinkToken;
import io.latchkey.events.secret.MessageIds;
import io.latchkey.testing.TestOrders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailRendererTest {
    private static final LinkId LINK_ID = LinkId.parse("link_01j9zq4nskf3tr0000000000aa");
    private static final Pattern HREF = Pattern.compile("(?i)(https?:|//|href|src)[^\"<\\s]*");
    private final MailRenderer renderer =
            new MailRenderer(TestOrders.RING.mail(), "no-reply@login.example");

    private Mail render(TestOrders order) {
        LinkRequested request = order.of(LINK_ID).sealed();
        return renderer.render(request, LINK_ID, EmailAddress.parse(request.email()));
    }

    private static MailOverrides everywhere(@Nullable String text) {
        return new MailOverrides(text, text, text, text, text);
    }

    /**
     * What the whole mail is, word for word. To accept a change on purpose, run with {@code
     * -Dgolden.write=true} and look at the difference.
     */
    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "fr", "es", "ja"})
    void theMailIsAsItWasAgreed(String locale) throws IOException {
        var mail = render(TestOrders.order().locale(locale));

        assertGolden("sign-in." + locale + ".txt", "Subject: " + mail.subject(), mail.text());
        assertGolden("sign-in." + locale + ".html", mail.html());
    }

    private static void assertGolden(String name, String... parts) throws IOException {
        var golden = Path.of("src/test/resources/golden", name);
        var text = String.join("\n\n", parts).replace("\r\n", "\n");
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, text);
        }
        assertThat(text).isEqualTo(Files.readString(golden, StandardCharsets.UTF_8));
    }

    @Test
    void bothPartsHoldTheOneLinkAndTheCode() {
        var mail = render(TestOrders.order());

        var url =
                TestOrders.CONFIRM_URL_BASE + LinkToken.of(LINK_ID, "k001", TestOrders.RING.mail());
        var code = EmailCode.of(LINK_ID, "k001", TestOrders.RING.mail());
        assertThat(mail.text()).containsOnlyOnce(url).contains("\r\n" + code + "\r\n");
        assertThat(mail.html()).containsOnlyOnce("href=\"" + url + "\"").contains(code);
        assertThat(HREF.matcher(mail.html()).results()).hasSize(2);
    }

    /** Outlook is one of those who read comments: a button of its own would be a second link. */
    @Test
    void theHtmlHoldsNoAddressButTheLink() {
        var html = render(TestOrders.order()).html();

        assertThat(html).containsOnlyOnce("https://").doesNotContain("http://", "<v:", "<script");
    }

    @Test
    void theSameOrderIsTheSameMail() {
        assertThat(render(TestOrders.order())).isEqualTo(render(TestOrders.order()));
        assertThat(render(TestOrders.order()).messageId())
                .startsWith("<" + LINK_ID + ".")
                .endsWith("@login.example>");
    }

    @Test
    void theMessageIdProvesThatTheMailIsOurs() {
        assertThat(MessageIds.open(render(TestOrders.order()).messageId(), TestOrders.RING.mail()))
                .contains(LINK_ID);
    }

    @Test
    void wordsOfTheCallerReplaceOurs() {
        var words = new MailOverrides("S", "H", "B one\nB two", "Press", "F");

        var mail = render(TestOrders.order().mail(words));

        assertThat(mail.subject()).isEqualTo("S");
        assertThat(mail.text()).contains("H\r\n", "B one\r\nB two\r\n", "Press:\r\n", "F\r\n");
        assertThat(mail.html()).contains(">H</h1>", ">B one</p>", ">B two</p>", ">Press</span>");
    }

    @Test
    void markupTemplatesAndEncodedWordsAreShownAsWritten() {
        var hostile = "<script>alert(1)</script>{{code}}{{{url}}}&amp;\"'=?utf-8?Q?x?=[[${1}]]";

        var mail =
                render(
                        TestOrders.order()
                                .mail(everywhere(hostile))
                                .app(hostile, MailBranding.NONE));

        assertThat(mail.subject()).isEqualTo(hostile);
        assertThat(mail.text()).contains(hostile);
        assertThat(mail.html())
                .doesNotContain("<script")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;{{code}}{{{url}}}&amp;amp;");
    }

    @Test
    void breaksAndUnseenCharactersMakeNoSecondLineOfAHeader() {
        var hostile = "a\r\nBcc: eve@example.com\r\n\r\nbody\0\u2028\u0085\u202eb";

        var mail =
                render(
                        TestOrders.order()
                                .mail(everywhere(hostile))
                                .app(hostile, new MailBranding(null, null, hostile, hostile)));

        assertThat(mail.subject()).isEqualTo("a Bcc: eve@example.com body b");
        assertThat(mail.fromName()).isEqualTo("a Bcc: eve@example.com body b");
        assertThat(mail.replyTo()).isNull();
        assertThat(mail.text()).doesNotContainPattern("[\\x00\\u2028\\u202e]");
    }

    @Test
    void aStrangersUserAgentIsNeverQuoted() {
        var advertisement = "Firefox/1 Linux visit https://evil.example now";

        var mail = render(TestOrders.order().userAgent(advertisement));

        assertThat(mail.text()).contains("Firefox on Linux").doesNotContain("evil");
        assertThat(mail.html()).contains("Firefox on Linux").doesNotContain("evil");
    }

    @ParameterizedTest
    @CsvSource({
        "http://cdn.example/logo.png",
        "javascript:alert(1)",
        "data:image/png;base64",
        "https:",
        "https://cdn.example/ logo.png",
    })
    void aLogoThatIsNoHttpsAddressIsLeftOut(String logo) {
        var mail = render(TestOrders.order().app("Acme", new MailBranding(logo, null, null, null)));

        assertThat(mail.html()).doesNotContain("<img");
    }

    @Test
    void aLogoCannotLeaveItsAttribute() {
        var logo = "https://cdn.example/l.png?a='b'&c=d";

        var mail = render(TestOrders.order().app("Acme", new MailBranding(logo, null, null, null)));

        assertThat(mail.html())
                .contains("src=\"https://cdn.example/l.png?a&#x3D;&#39;b&#39;&amp;c&#x3D;d\"")
                .doesNotContain("'b'");
    }

    @ParameterizedTest
    @CsvSource({
        "Acme, A",
        "acme notes of old, AN",
        "'(🔑) Über uns', ÜU",
        "'アクメ', ア",
    })
    void anAppWithoutALogoHasItsInitials(String name, String initials) {
        var mail = render(TestOrders.order().app(name, MailBranding.NONE));

        assertThat(mail.html()).contains(">" + initials + "</td>");
    }

    @Test
    void aNameWithoutLettersHasNone() {
        var mail = render(TestOrders.order().app("🔑", MailBranding.NONE));

        assertThat(mail.html())
                .contains(">🔑</td>")
                .doesNotContain(
                        "<td class=\"brand\" align=\"center\" bgcolor=\"#2f5fd0\" style=\"min-width");
    }

    @Test
    void whatIsNotKnownIsNotSaid() {
        var mail = render(TestOrders.order().ip(null).userAgent(null));

        assertThat(mail.text())
                .contains("Asked for: 4 Mar 2026, 05:06 UTC\r\n")
                .doesNotContain("From", "With");
        assertThat(mail.html()).contains(">Asked for<").doesNotContain(">From<", ">With<");
    }

    @ParameterizedTest
    @CsvSource({
        "#ffffff, #7b8699, #ffffff",
        "#1a1f29, #1a1f29, #78839a",
        "#2f5fd0, #2f5fd0, #2f5fd0",
    })
    void theButtonHasAnEdgeWhereItsColourIsThatOfItsGround(
            String color, String edge, String darkEdge) {
        var mail =
                render(TestOrders.order().app("Acme", new MailBranding(null, color, null, null)));

        assertThat(mail.html())
                .contains("border:1px solid " + edge)
                .contains(".brand { border-color: " + darkEdge + " !important; }");
    }

    @ParameterizedTest
    @CsvSource({
        "#ffffff, #ffffff, #000000",
        "#000000, #000000, #ffffff",
        "#ff0, #2f5fd0, #ffffff",
        "'red;}body{', #2f5fd0, #ffffff",
    })
    void theButtonIsInTheAppsColourAndReadable(String wished, String color, String ink) {
        var mail =
                render(TestOrders.order().app("Acme", new MailBranding(null, wished, null, null)));

        assertThat(mail.html())
                .contains("background-color:" + color + ";color:" + ink)
                .doesNotContain("body{'");
    }

    @ParameterizedTest
    @CsvSource({
        "de, de",
        "de-AT, de",
        "DE, de",
        "fr-CA, fr",
        "es-419, es",
        "ja, ja",
        "pt, en",
        "x, en",
        "'../de', en",
        "en-GB, en"
    })
    void theNearestLanguageIsTaken(String tag, String language) {
        assertThat(render(TestOrders.order().locale(tag)).locale().getLanguage())
                .isEqualTo(language);
    }
}
