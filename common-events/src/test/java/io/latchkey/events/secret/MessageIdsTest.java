package io.latchkey.events.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.events.LinkId;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageIdsTest {
    private static final LinkId LINK = LinkId.next();
    private final MailKeyRing ring = TestRings.both().mail();
    private final String messageId = MessageIds.of(LINK, "k001", "login.example", ring);

    @Test
    void namesTheLinkAndIsTheSameEveryTime() {
        assertThat(messageId).startsWith("<" + LINK + ".").endsWith("@login.example>");
        assertThat(MessageIds.of(LINK, "k001", "login.example", ring)).isEqualTo(messageId);
        assertThat(messageId.indexOf('@') - 1).as("local part, RFC 5321").isEqualTo(64);
    }

    @Test
    void isKnownHoweverARelaySpellsIt() {
        assertThat(MessageIds.open(messageId, ring)).contains(LINK);
        assertThat(MessageIds.open("  " + messageId + " ", ring)).contains(LINK);
        assertThat(MessageIds.open(messageId.replaceAll("[<>]", ""), ring)).contains(LINK);
        assertThat(MessageIds.open(messageId.toUpperCase(Locale.ROOT), ring)).contains(LINK);
        assertThat(MessageIds.open(messageId.replace("login.example", "old.example"), ring))
                .contains(LINK);
    }

    @Test
    void isGoodForAsLongAsItsKidIsInTheRing() {
        var bySecond = MessageIds.of(LINK, "k002", "login.example", ring);

        assertThat(bySecond).isNotEqualTo(messageId);
        assertThat(MessageIds.open(bySecond, ring)).contains(LINK);
        assertThat(MessageIds.open(bySecond, TestRings.firstOnly().mail())).isEmpty();
        assertThat(MessageIds.open(messageId, TestRings.secondOnly().mail())).isEmpty();
    }

    @Test
    void ofAnotherLinkItIsForged() {
        var forged = messageId.replace(LINK.toString(), LinkId.next().toString());

        assertThat(MessageIds.open(forged, ring)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<>",
                "<@login.example>",
                "<link_01h455vb4pex5vsknk084sn02q@login.example>",
                "<link_01h455vb4pex5vsknk084sn02q.@login.example>",
                "<link_01h455vb4pex5vsknk084sn02q.0123456789abcdef@login.example>",
                "<link_91h455vb4pex5vsknk084sn02q.0123456789abcdef0123456789abcdef@login.example>",
                "<link_01h455vb4pex5vsknk084sn02q.0123456789abcdef0123456789abcdef@login.example>",
                "<link_01h455vb4pex5vsknk084sn02q.0123456789abcdef0123456789abcdef>",
                "<sess_01h455vb4pex5vsknk084sn02q.0123456789abcdef0123456789abcdef@login.example>"
            })
    void whatIsMalformedIsForged(String text) {
        assertThat(MessageIds.open(text, ring)).isEmpty();
    }
}
