package io.latchkey.mail.preview;

import io.latchkey.events.EventContext;
import io.latchkey.events.Intent;
import io.latchkey.events.LinkRequested;
import io.latchkey.events.MailApp;
import io.latchkey.events.MailBranding;
import io.latchkey.events.MailOverrides;
import io.latchkey.rendering.MailPreview;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What {@code mail-preview} was told: of which app a mail is to be. */
final class PreviewOptions {
    private static final Set<String> NAMES =
            Set.of(
                    "out",
                    "locale",
                    "app",
                    "color",
                    "logo-url",
                    "from-name",
                    "subject",
                    "headline",
                    "body",
                    "button",
                    "footer");
    private static final String USAGE =
            "usage: mail-preview --out=DIR [--locale=TAG] [--app=NAME] [--color=#rrggbb]"
                    + " [--logo-url=URL] [--from-name=…] [--subject=…] [--headline=…] [--body=…]"
                    + " [--button=…] [--footer=…]";
    private static final Duration LIFE = Duration.ofMinutes(10);

    /**
     * A host of nobody's.
     *
     * @see <a href="https://datatracker.ietf.org/doc/html/rfc2606#section-2">RFC 2606 §2</a>
     */
    private static final String CONFIRM_URL_BASE = "https://login.example/l/";

    private final Map<String, String> given;

    private PreviewOptions(Map<String, String> given) {
        this.given = given;
    }

    /**
     * @param arguments those after the command's name
     * @throws IllegalArgumentException with the usage, if one is unknown or {@code --out} lacks
     */
    static PreviewOptions parse(List<String> arguments) {
        var given = new HashMap<String, String>();
        for (var argument : arguments) {
            var sign = argument.indexOf('=');
            if (!argument.startsWith("--")
                    || sign < 0
                    || !NAMES.contains(argument.substring(2, sign))) {
                throw new IllegalArgumentException(USAGE);
            }
            given.put(argument.substring(2, sign), argument.substring(sign + 1));
        }
        if (!given.containsKey("out")) {
            throw new IllegalArgumentException(USAGE);
        }
        return new PreviewOptions(given);
    }

    Path directory() {
        return Path.of(given.getOrDefault("out", ""));
    }

    /** Where one language is wanted alone. */
    Optional<String> locale() {
        return Optional.ofNullable(given.get("locale"));
    }

    /** An order that nobody has sealed, to nobody. */
    LinkRequested draft(String locale, Instant now) {
        return new LinkRequested(
                MailPreview.asked(EventContext.of(null, null, null)),
                "",
                "",
                Intent.SIGN_IN_OR_UP,
                locale,
                now,
                now,
                LIFE.toSeconds(),
                CONFIRM_URL_BASE,
                new MailApp(given.getOrDefault("app", "Acme"), branding(), 0),
                words(),
                "");
    }

    private MailBranding branding() {
        return new MailBranding(
                given.get("logo-url"), given.get("color"), given.get("from-name"), null);
    }

    private MailOverrides words() {
        return new MailOverrides(
                given.get("subject"),
                given.get("headline"),
                given.get("body"),
                given.get("button"),
                given.get("footer"));
    }
}
