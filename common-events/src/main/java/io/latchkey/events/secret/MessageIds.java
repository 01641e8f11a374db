package io.latchkey.events.secret;

import io.latchkey.events.LinkId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The Message-ID of a link's mail: {@code <link id.hex(HMAC-SHA-256(order key, link id), 16
 * bytes)@domain>}, the same however often the mail is made. Whoever names it has seen the mail, or
 * was told by somebody who has: a bounce that could be made up by anybody would stop the mails of
 * others. Upper and lower case are the same in it, since relays do not all keep them.
 */
public final class MessageIds {
    private static final byte[] LABEL = "latchkey message-id 1".getBytes(StandardCharsets.US_ASCII);
    private static final int MAC_LENGTH = 16;
    private static final Pattern FORM =
            Pattern.compile("<?(link_[0-9a-z]{26})\\.([0-9a-f]{32})@[^@<>\\s]{1,255}>?");

    private MessageIds() {}

    /**
     * With its angle brackets.
     *
     * @throws IllegalArgumentException if the ring lacks the kid
     */
    public static String of(LinkId linkId, String kid, String domain, MailKeyRing ring) {
        var mac = HexFormat.of().formatHex(mac(linkId, ring.require(kid)));
        return "<" + linkId + "." + mac + "@" + domain + ">";
    }

    /**
     * The link whose mail has this Message-ID, with or without angle brackets and whatever its
     * domain; empty where it is malformed, forged, or of a kid that the ring lacks.
     */
    public static Optional<LinkId> open(String messageId, MailKeyRing ring) {
        var parts = FORM.matcher(messageId.strip().toLowerCase(Locale.ROOT));
        return parts.matches()
                ? linkId(parts.group(1)).filter(id -> isGenuine(id, parts.group(2), ring))
                : Optional.empty();
    }

    private static Optional<LinkId> linkId(String text) {
        try {
            return Optional.of(LinkId.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isGenuine(LinkId linkId, String hex, MailKeyRing ring) {
        var mac = HexFormat.of().parseHex(hex);
        return ring.kids().stream()
                .anyMatch(kid -> Hmac.equal(mac, mac(linkId, ring.require(kid))));
    }

    private static byte[] mac(LinkId linkId, MailKeyRing.Keys keys) {
        var whole = Hmac.sha256(keys.order(), LABEL, KeyedToken.bytes(linkId.value()));
        return Arrays.copyOf(whole, MAC_LENGTH);
    }
}
