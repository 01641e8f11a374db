package io.latchkey.events;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.IDNA;
import com.ibm.icu.text.Normalizer2;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Exactly one mailbox, in canonical form: the ASCII letters of the local part in lower case, the
 * domain as A-labels. Two spellings are the same account only if they give the same canonical form.
 * Lists, comments, routes, quoted strings, address literals, domains of one label, and control,
 * format, separator and invisible characters are refused; so is any spelling of a domain that maps
 * one character into another, beyond the lower case of its letters.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc5321#section-4.1.2">RFC 5321 §4.1.2</a>
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc6531#section-3.3">RFC 6531 §3.3</a>
 * @see <a href="https://www.unicode.org/reports/tr46/">UTS 46</a>, non-transitional
 */
public final class EmailAddress {
    private static final int MAX_OCTETS = 254;
    private static final int MAX_LOCAL_OCTETS = 64;

    /** No spelling of an address of 254 octets is longer: it bounds the work on what is typed. */
    private static final int MAX_CHARACTERS = 1000;

    /** RFC 5322 atext without {@code %} and {@code !}, which relays read as routes. */
    private static final Pattern LOCAL =
            Pattern.compile("[A-Za-z0-9#$&'*+/=?^_`{|}~\\P{ASCII}.-]+");

    private static final Pattern LABELS =
            Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+");
    private static final int LONGEST_LABEL = 63;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9.-]+");
    private static final Pattern PRINTABLE = Pattern.compile("[!-~]*");
    private static final Pattern FORBIDDEN = Pattern.compile("[\\p{C}\\p{Z}]");

    /** A last label that resolvers read as the end of an IPv4 address. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");

    private static final Normalizer2 NFC = Normalizer2.getNFCInstance();

    private static final IDNA UTS46 =
            IDNA.getUTS46Instance(
                    IDNA.NONTRANSITIONAL_TO_ASCII
                            | IDNA.NONTRANSITIONAL_TO_UNICODE
                            | IDNA.USE_STD3_RULES
                            | IDNA.CHECK_BIDI
                            | IDNA.CHECK_CONTEXTJ
                            | IDNA.CHECK_CONTEXTO);

    private final String local;
    private final String domain;

    private EmailAddress(String local, String domain) {
        this.local = local;
        this.domain = domain;
    }

    /**
     * Reads an address as a person typed it.
     *
     * @throws IllegalArgumentException if it is not exactly one deliverable mailbox by syntax; the
     *     message never repeats the address
     */
    public static EmailAddress parse(String text) {
        require(text.length() <= MAX_CHARACTERS, "at most 254 octets");
        // What is tried first costs a hundredth, and nearly every address passes.
        if (!PRINTABLE.matcher(text).matches()) {
            require(!FORBIDDEN.matcher(text).find(), "no blanks, control or format characters");
            require(
                    text.codePoints().noneMatch(EmailAddress::isInvisible),
                    "no invisible characters");
        }
        var at = text.indexOf('@');
        require(at > 0 && at == text.lastIndexOf('@'), "exactly one @");
        var address =
                new EmailAddress(
                        localPart(text.substring(0, at)), domainName(text.substring(at + 1)));
        require(octets(address.value()) <= MAX_OCTETS, "at most 254 octets");
        return address;
    }

    private static String localPart(String text) {
        require(LOCAL.matcher(text).matches(), "a local part without quotes, comments or routes");
        require(
                !text.startsWith(".") && !text.endsWith(".") && !text.contains(".."),
                "no empty atom in the local part");
        require(octets(text) <= MAX_LOCAL_OCTETS, "a local part of at most 64 octets");
        return asciiLowerCase(text);
    }

    private static String domainName(String text) {
        var ascii = isPlain(text) ? asciiLowerCase(text) : mapped(text);
        require(LABELS.matcher(ascii).matches(), "a domain of at least two labels");
        require(
                !NUMBER.matcher(ascii.substring(ascii.lastIndexOf('.') + 1)).matches(),
                "no address literal");
        return ascii;
    }

    /**
     * Whether UTS 46 does no more than lower the case: it looks for hyphens in a row, as A-labels
     * have them, and at lengths.
     */
    private static boolean isPlain(String domain) {
        return domain.length() <= LONGEST_LABEL
                && PLAIN.matcher(domain).matches()
                && !domain.contains("--");
    }

    private static String mapped(String text) {
        var info = new IDNA.Info();
        var ascii = UTS46.nameToASCII(text, new StringBuilder(), info).toString();
        require(!info.hasErrors(), "a valid domain");
        require(isSpelledOut(text, ascii), "a domain without mapped characters");
        return ascii;
    }

    /**
     * Whether letter case and composition are all that UTS 46 changed. Anything else would fold one
     * character into another: full-width forms, ligatures, ideographic full stops, the Kelvin sign.
     */
    private static boolean isSpelledOut(String text, String ascii) {
        var lower = new StringBuilder();
        text.codePoints().map(UCharacter::toLowerCase).forEach(lower::appendCodePoint);
        var spelled = NFC.normalize(lower);
        var unicode = UTS46.nameToUnicode(ascii, new StringBuilder(), new IDNA.Info());
        return text.codePoints().noneMatch(EmailAddress::isDoubleOfAnother)
                && (spelled.contentEquals(ascii) || spelled.contentEquals(unicode));
    }

    /** Such as the Kelvin sign, which composition by itself turns into the letter K. */
    private static boolean isDoubleOfAnother(int codePoint) {
        return !NFC.isNormalized(Character.toString(codePoint));
    }

    /** Fillers, variation selectors and joiners that are letters or marks by category. */
    private static boolean isInvisible(int codePoint) {
        return UCharacter.hasBinaryProperty(codePoint, UProperty.DEFAULT_IGNORABLE_CODE_POINT);
    }

    private static String asciiLowerCase(String text) {
        return text.codePoints()
                .map(c -> c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static int octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void require(boolean holds, String expected) {
        if (!holds) {
            throw new IllegalArgumentException("not a mailbox (expected: " + expected + ")");
        }
    }

    /** The whole canonical address: where mail goes. Never for a log or an error. */
    public String value() {
        return local + "@" + domain;
    }

    /** The domain as A-labels, in lower case. */
    public String domain() {
        return domain;
    }

    /** For people and records: the first character at most, and the domain. */
    public String masked() {
        var first = local.codePointCount(0, local.length()) > 2 ? local.codePointAt(0) : -1;
        return (first < 0 ? "" : Character.toString(first)) + "***@" + domain;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EmailAddress that
                && local.equals(that.local)
                && domain.equals(that.domain);
    }

    @Override
    public int hashCode() {
        return 31 * local.hashCode() + domain.hashCode();
    }

    /** The masked form, so that no log or error ever shows an address. */
    @Override
    public String toString() {
        return masked();
    }
}
