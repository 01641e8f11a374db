package io.latchkey.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.IDNA;
import java.util.HashMap;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Promise S8: one mailbox, and no character folded into another. */
class EmailAddressTest {
    /** All planes with scripts of living people, and some of the ideographs beyond. */
    private static final int SUPPLEMENTARY_IN_USE = 0x21000;

    static Stream<Arguments> accepted() {
        return Stream.of(
                Arguments.of("ada@example.com", "ada@example.com"),
                Arguments.of("Ada.Lovelace@EXAMPLE.Com", "ada.lovelace@example.com"),
                Arguments.of("ada+tag@example.com", "ada+tag@example.com"),
                Arguments.of("a@b.co", "a@b.co"),
                Arguments.of("#$&'*+/=?^_`{|}~-@example.com", "#$&'*+/=?^_`{|}~-@example.com"),
                Arguments.of("1234@example.museum", "1234@example.museum"),
                Arguments.of("ada@sub.sub.example.com", "ada@sub.sub.example.com"),
                Arguments.of("ada@123.example", "ada@123.example"),
                Arguments.of("ada@a-b.example", "ada@a-b.example"),
                Arguments.of("ada@bücher.example", "ada@xn--bcher-kva.example"),
                Arguments.of("ada@BÜCHER.example", "ada@xn--bcher-kva.example"),
                Arguments.of("ada@bu\u0308cher.example", "ada@xn--bcher-kva.example"),
                Arguments.of("ada@XN--BCHER-KVA.example", "ada@xn--bcher-kva.example"),
                Arguments.of("ada@faß.example", "ada@xn--fa-hia.example"),
                Arguments.of("ada@ΒΌΛΟΣ.example", "ada@xn--nxasmq6b.example"),
                Arguments.of("ada@例え.テスト", "ada@xn--r8jz45g.xn--zckzah"),
                Arguments.of("ada@пример.рф", "ada@xn--e1afmkfd.xn--p1ai"),
                Arguments.of("josé@example.com", "josé@example.com"),
                Arguments.of("用户@example.com", "用户@example.com"),
                Arguments.of("😀@example.com", "😀@example.com"),
                Arguments.of("a".repeat(64) + "@example.com", "a".repeat(64) + "@example.com"),
                Arguments.of("é".repeat(32) + "@example.com", "é".repeat(32) + "@example.com"));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void readsOneMailboxIntoItsCanonicalForm(String typed, String canonical) {
        assertThat(EmailAddress.parse(typed).value()).isEqualTo(canonical);
        assertThat(EmailAddress.parse(canonical).value()).isEqualTo(canonical);
    }

    /** What is tried first gives what UTS 46 would give. */
    @Test
    void plainDomainsAreThoseOfUts46() {
        var uts46 =
                IDNA.getUTS46Instance(
                        IDNA.NONTRANSITIONAL_TO_ASCII
                                | IDNA.USE_STD3_RULES
                                | IDNA.CHECK_BIDI
                                | IDNA.CHECK_CONTEXTJ);
        var random = new Random(46);
        for (int i = 0; i < 20_000; i++) {
            var domain =
                    random.ints(random.nextInt(1, 12), 0, 6)
                            .mapToObj(n -> "aB7-.c".substring(n, n + 1))
                            .collect(Collectors.joining());
            var info = new IDNA.Info();
            var mapped = uts46.nameToASCII(domain, new StringBuilder(), info).toString();
            var usable = mapped.matches(".+\\..*[a-z-][^.]*") && !mapped.endsWith(".");

            assertThat(parsed("ada@" + domain).map(EmailAddress::value).orElse(""))
                    .as(domain)
                    .isEqualTo(info.hasErrors() || !usable ? "" : "ada@" + mapped);
        }
    }

    @Test
    void anAddressMayHave254OctetsAndNoMore() {
        var local = "a".repeat(64);
        var domain = "b".repeat(63) + "." + "c".repeat(63) + "." + "d".repeat(57) + ".com";

        assertThat(EmailAddress.parse(local + "@" + domain).value()).hasSize(254);
        assertRefused(local + "@e" + domain.substring(1).replaceFirst("com$", "info"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Not one mailbox
                "",
                "@",
                "ada",
                "ada@",
                "@example.com",
                "ada@@example.com",
                "ada@example.com@example.org",
                "ada@example.com,bob@example.com",
                "ada@example.com;bob@example.com",
                "ada,bob@example.com",
                "ada@example.com bob@example.com",
                "Ada <ada@example.com>",
                "<ada@example.com>",
                "friends:ada@example.com;",
                "mailto:ada@example.com",
                // Comments, quotes, routes
                "ada(comment)@example.com",
                "ada@(comment)example.com",
                "ada@example.com(comment)",
                "\"ada\"@example.com",
                "\"ada lovelace\"@example.com",
                "ada\\@home@example.com",
                "ada\\bob@example.com",
                "@relay.example:ada@example.com",
                "ada%example.org@example.com",
                "example.org!ada@example.com",
                // Empty atoms
                ".ada@example.com",
                "ada.@example.com",
                "ada..lovelace@example.com",
                "ada@.example.com",
                "ada@example.com.",
                "ada@example..com",
                // Literals, single labels, what is no host name
                "ada@[192.0.2.1]",
                "ada@[IPv6:2001:db8::1]",
                "ada@192.0.2.1",
                "ada@127.0.0.0x1",
                "ada@127.0x",
                "ada@localhost",
                "ada@com",
                "ada@-example.com",
                "ada@example-.com",
                "ada@exa_mple.com",
                "ada@exam ple.com",
                "ada@example.com:25",
                "ada@example.com/",
                "ada@exa\\mple.com",
                "ada@xn--a.example",
                "ada@xn--.example",
                "ada@ab--cd.example",
                // Blanks and controls
                " ada@example.com",
                "ada@example.com ",
                "ada @example.com",
                "ada\t@example.com",
                "ada@example.com\r\nBcc: bob@example.com",
                "ada\r\n@example.com",
                "ada@example.com\n",
                "ada\u0000@example.com",
                "ada@example.com\u0000",
                "ada\u007f@example.com",
                "ada\u0085@example.com",
                "ada\u00a0@example.com",
                "ada\u2028@example.com",
                "ada\u3000@example.com",
                // Format and invisible characters
                "ada\u200b@example.com",
                "ada\u200c@example.com",
                "ada\u200d@example.com",
                "ada\u2060@example.com",
                "ada\ufeff@example.com",
                "ada\u00ad@example.com",
                "ada\u200e@example.com",
                "ada\u202e@example.com",
                "ada\u2066@example.com",
                "ada\u061c@example.com",
                "ada\u034f@example.com",
                "ada\u115f@example.com",
                "ada\u3164@example.com",
                "ada\uffa0@example.com",
                "ada\ufe0f@example.com",
                "ada\udb40\udc41@example.com",
                "ada@exam\u200bple.com",
                "ada@exam\u00adple.com",
                "ada@exam\ufe0fple.com",
                // Surrogates alone, private use, not assigned
                "ada\ud83d@example.com",
                "ada\ude00@example.com",
                "\ude00\ud83d@example.com",
                "ada@exam\ud83dple.com",
                "ada\ue000@example.com",
                "ada\u0378@example.com",
                "ada\uffff@example.com",
                // One character mapped into another
                "ada@ｅxample.com",
                "ada@example。com",
                "ada@example．com",
                "ada@ﬁle.example",
                "ada@example.ⓒom",
                "ada@\u212aelvin.example",
                "ada@\u212bngstrom.example",
                "ada@\u2126.example",
                "ada@\u017fhop.example",
                "ada@㎞.example",
                "ada@İstanbul.example",
                "ada＠example.com",
                "ada﹫example.com",
                // Mixed directions within a label
                "ada@aא.example"
            })
    void refusesWhatIsNotExactlyOneMailbox(String typed) {
        assertRefused(typed);
    }

    @Test
    void refusesALocalPartOfMoreThan64Octets() {
        assertRefused("a".repeat(65) + "@example.com");
        assertRefused("é".repeat(33) + "@example.com");
    }

    @Test
    void refusesHugeTextAtOnce() {
        assertRefused("ada@" + "a.".repeat(500_000) + "com");
        assertRefused("ada@" + "ü".repeat(1_000_000) + ".com");
        assertRefused("a".repeat(1_000_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "İ", "ı", "\u212a", "ſ", "ß", "ẞ", "É", "é", "e\u0301", "Ａ", "ａ", "ﬁ", "Ω",
                "\u2126", "ς", "σ", "Σ", "А", "а", "ǅ"
            })
    void noCharacterOfALocalPartIsFoldedIntoAnother(String letter) {
        var address = EmailAddress.parse(letter + "x@example.com");

        assertThat(address.value()).isEqualTo(letter + "x@example.com");
    }

    @Test
    void noCharacterThereIsIsFoldedIntoAnotherOfALocalPart() {
        for (int c = 0; c < SUPPLEMENTARY_IN_USE; c++) {
            var typed = "x" + Character.toString(c);
            var read = parsed(typed + "@example.com");

            if (read.isPresent() && (c < 'A' || c > 'Z')) {
                assertThat(read.get().value()).isEqualTo(typed + "@example.com");
            }
        }
    }

    @Test
    void noTwoCharactersGiveTheSameDomainButUpperAndLowerCaseOfALetter() {
        var firstOf = new HashMap<String, Integer>();
        for (int c = 0; c < SUPPLEMENTARY_IN_USE; c++) {
            var read = parsed("ada@x" + Character.toString(c) + "x.example");
            if (read.isEmpty()) {
                continue;
            }
            var first = firstOf.putIfAbsent(read.get().domain(), c);
            if (first != null) {
                assertThat(UCharacter.toLowerCase(c)).isEqualTo(UCharacter.toLowerCase(first));
            }
            assertThat(read.get().domain().startsWith("xn--")).isEqualTo(c > 0x7f);
        }
        assertThat(firstOf).hasSizeGreaterThan(50_000);
    }

    private static Optional<EmailAddress> parsed(String text) {
        try {
            return Optional.of(EmailAddress.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Test
    void dotlessAndDottedDomainsAreDifferent() {
        var dotless = EmailAddress.parse("ada@ıstanbul.example");
        var dotted = EmailAddress.parse("ada@istanbul.example");

        assertThat(dotless).isNotEqualTo(dotted);
        assertThat(dotless.domain()).startsWith("xn--");
    }

    @Test
    void caseOfAsciiLettersAndSpellingOfTheDomainAreAllThatEqualAddressesDifferIn() {
        assertThat(EmailAddress.parse("ADA@Bücher.example"))
                .isEqualTo(EmailAddress.parse("ada@xn--bcher-kva.example"))
                .hasSameHashCodeAs(EmailAddress.parse("ada@xn--bcher-kva.example"));
        assertThat(EmailAddress.parse("ada.l@example.com"))
                .isNotEqualTo(EmailAddress.parse("adal@example.com"));
        assertThat(EmailAddress.parse("ada+x@example.com"))
                .isNotEqualTo(EmailAddress.parse("ada@example.com"));
        assertThat(EmailAddress.parse("É@example.com"))
                .isNotEqualTo(EmailAddress.parse("é@example.com"));
    }

    @Test
    void showsAtMostTheFirstCharacter() {
        assertThat(EmailAddress.parse("ada@example.com")).hasToString("a***@example.com");
        assertThat(EmailAddress.parse("ad@example.com")).hasToString("***@example.com");
        assertThat(EmailAddress.parse("😀xyz@example.com").masked()).isEqualTo("😀***@example.com");
        assertThat(EmailAddress.parse("😀x@example.com").masked()).isEqualTo("***@example.com");
    }

    private static void assertRefused(String typed) {
        assertThatThrownBy(() -> EmailAddress.parse(typed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not a mailbox (expected: ")
                .message()
                .doesNotContain("ada");
    }
}
