package io.latchkey.auth.link.web;

import io.latchkey.auth.app.MailRules;
import io.latchkey.auth.link.Identifier;
import io.latchkey.auth.link.Identifier.ByAttribute;
import io.latchkey.auth.link.Identifier.ById;
import io.latchkey.auth.link.Identifier.ByPhoneNumber;
import io.latchkey.auth.link.Identifier.ByUsername;
import io.latchkey.auth.link.LinkRequest;
import io.latchkey.auth.platform.IpLiteral;
import io.latchkey.auth.platform.NameForms;
import io.latchkey.auth.platform.StrictJson;
import io.latchkey.auth.problem.FieldErrors;
import io.latchkey.auth.problem.Problem;
import io.latchkey.events.EmailAddress;
import io.latchkey.events.EventContext;
import io.latchkey.events.Intent;
import io.latchkey.events.MailOverrides;
import io.latchkey.events.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Turns a body into a request, or says everything that is wrong with it at once. */
@Component
class LinkRequestReader {
    private static final int MAX_URI = 2048;
    private static final int MAX_VALUE = 512;
    private static final int MAX_WORD = 2048;
    private static final int MAX_ATTRIBUTES = 16 * 1024;
    private static final long MIN_SECONDS = 60;
    private static final long DAY_SECONDS = 86_400;
    private static final long MAX_SESSION_SECONDS = 366 * DAY_SECONDS;

    /** VSCHAR of RFC 6749, appendix A.5. */
    private static final Pattern WORD = Pattern.compile("[ -~]*");

    private static final Pattern ATTRIBUTE = Pattern.compile("[^\\p{C}]{1,128}");

    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");

    /** Also the line breaks beyond ASCII: mail programs and consoles follow them as well. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");

    private final StrictJson json;

    LinkRequestReader(StrictJson json) {
        this.json = json;
    }

    /**
     * @throws Problem {@code invalid_request} with one entry per field
     */
    LinkRequest read(byte[] body) {
        var sent = json.read(body, LinkRequestBody.class);
        var check = new Check();
        var email = check.email(sent);
        var redirect = check.redirectUri(sent.redirectUri());
        check.pkce(sent);
        var request =
                new LinkRequest(
                        email.orElse(Check.PLACEHOLDER),
                        check.identifier(sent.identifier()),
                        check.intent(sent.intent()),
                        redirect,
                        check.word("/state", sent.state()),
                        check.word("/nonce", sent.nonce()),
                        sent.codeChallenge(),
                        check.seconds("/expires_in", sent.expiresIn(), DAY_SECONDS),
                        check.seconds("/deliver_within", sent.deliverWithin(), DAY_SECONDS),
                        check.seconds(
                                "/session_duration", sent.sessionDuration(), MAX_SESSION_SECONDS),
                        check.locale(sent.locale()),
                        check.attributes(sent.attributes()),
                        check.mail(sent.mail()),
                        check.ip(sent.endUser()),
                        check.userAgent(sent.endUser()),
                        null,
                        false);
        check.end();
        return request;
    }

    private static final class Check extends FieldErrors {
        /** Stands in while the other fields are checked; never leaves, since there is an error. */
        static final EmailAddress PLACEHOLDER = EmailAddress.parse("nobody@example.invalid");

        Optional<EmailAddress> email(LinkRequestBody sent) {
            var identifier = sent.identifier();
            if ((sent.email() == null) == (identifier == null)) {
                expected("/email", "email or identifier, and not both");
                return Optional.empty();
            }
            if (identifier == null) {
                return address("/email", sent.email());
            }
            return "email".equals(identifier.type())
                    ? address("/identifier/value", identifier.value())
                    : Optional.empty();
        }

        /** Null where there is none, or it is an address. */
        @Nullable Identifier identifier(LinkRequestBody.@Nullable Identifier sent) {
            if (sent == null) {
                return null;
            }
            var type = sent.type() == null ? "" : sent.type();
            var value = sent.value() == null ? "" : sent.value();
            return switch (type) {
                case "email" -> null;
                case "user_id" -> byId(value);
                case "username" -> fits(value, NameForms.USERNAME) ? new ByUsername(value) : null;
                case "phone_number" ->
                        fits(value, NameForms.PHONE_NUMBER) ? new ByPhoneNumber(value) : null;
                default -> byAttribute(type, value);
            };
        }

        private @Nullable Identifier byId(String value) {
            try {
                return new ById(UserId.parse(value));
            } catch (IllegalArgumentException e) {
                expected("/identifier/value", "a user_id");
                return null;
            }
        }

        private boolean fits(String value, NameForms form) {
            if (!form.fits(value)) {
                expected("/identifier/value", form.expected());
                return false;
            }
            return true;
        }

        private @Nullable Identifier byAttribute(String type, String value) {
            var name =
                    type.startsWith(ByAttribute.PREFIX)
                            ? type.substring(ByAttribute.PREFIX.length())
                            : "";
            if (!ATTRIBUTE.matcher(name).matches()) {
                expected(
                        "/identifier/type",
                        "email, user_id, username, phone_number or custom:<attribute>");
                return null;
            }
            if (value.isEmpty() || value.length() > MAX_VALUE) {
                expected("/identifier/value", "1 to " + MAX_VALUE + " characters");
                return null;
            }
            return new ByAttribute(name, value);
        }

        private Optional<EmailAddress> address(String pointer, @Nullable String text) {
            try {
                return Optional.of(EmailAddress.parse(text == null ? "" : text));
            } catch (IllegalArgumentException e) {
                add(pointer, String.valueOf(e.getMessage()));
                return Optional.empty();
            }
        }

        String redirectUri(@Nullable String uri) {
            if (uri == null
                    || uri.isEmpty()
                    || uri.length() > MAX_URI
                    || CONTROL.matcher(uri).find()) {
                expected("/redirect_uri", "one of the app's redirect URIs");
                return "";
            }
            return uri;
        }

        Intent intent(@Nullable String intent) {
            if (intent == null) {
                return Intent.SIGN_IN_OR_UP;
            }
            return Arrays.stream(Intent.values())
                    .filter(i -> i.toString().equals(intent))
                    .findFirst()
                    .orElseGet(
                            () -> {
                                expected("/intent", "sign_in_or_up, sign_in or sign_up");
                                return Intent.SIGN_IN_OR_UP;
                            });
        }

        void pkce(LinkRequestBody sent) {
            if ((sent.codeChallenge() == null) != (sent.codeChallengeMethod() == null)) {
                expected("/code_challenge", "code_challenge and code_challenge_method, or neither");
            }
            if (sent.codeChallenge() != null
                    && !CHALLENGE.matcher(sent.codeChallenge()).matches()) {
                expected("/code_challenge", "43 characters of base64url");
            }
            if (sent.codeChallengeMethod() != null && !"S256".equals(sent.codeChallengeMethod())) {
                expected("/code_challenge_method", "S256");
            }
        }

        @Nullable String word(String pointer, @Nullable String text) {
            if (text != null && (text.length() > MAX_WORD || !WORD.matcher(text).matches())) {
                expected(pointer, "at most 2048 printable ASCII characters");
            }
            return text;
        }

        @Nullable Duration seconds(String pointer, @Nullable Long seconds, long most) {
            if (seconds == null) {
                return null;
            }
            if (seconds < MIN_SECONDS || seconds > most) {
                expected(pointer, MIN_SECONDS + " to " + most + " seconds");
                return null;
            }
            return Duration.ofSeconds(seconds);
        }

        @Nullable String locale(@Nullable String tag) {
            if (tag == null) {
                return null;
            }
            var locale = MailRules.locale(tag);
            if (locale.isEmpty()) {
                expected("/locale", MailRules.LOCALE_FORM);
            }
            return locale.orElse(null);
        }

        @Nullable String attributes(@Nullable JsonNode attributes) {
            if (attributes == null || attributes.isNull()) {
                return null;
            }
            if (!attributes.isObject()) {
                expected("/attributes", "an object");
                return null;
            }
            var text = attributes.toString();
            if (text.getBytes(StandardCharsets.UTF_8).length > MAX_ATTRIBUTES) {
                expected("/attributes", "at most 16 KiB");
            }
            return text;
        }

        MailOverrides mail(LinkRequestBody.@Nullable Mail mail) {
            if (mail == null) {
                return MailOverrides.NONE;
            }
            var words =
                    new MailOverrides(
                            mail.subject(),
                            mail.headline(),
                            mail.body(),
                            mail.button(),
                            mail.footer());
            addAll(MailRules.errors("/mail", words));
            return words;
        }

        @Nullable String ip(LinkRequestBody.@Nullable EndUser endUser) {
            if (endUser == null || endUser.ip() == null) {
                return null;
            }
            return IpLiteral.canonical(endUser.ip())
                    .orElseGet(
                            () -> {
                                expected("/end_user/ip", "a literal address without port or zone");
                                return null;
                            });
        }

        @Nullable String userAgent(LinkRequestBody.@Nullable EndUser endUser) {
            if (endUser == null || endUser.userAgent() == null) {
                return null;
            }
            var userAgent = endUser.userAgent();
            if (CONTROL.matcher(userAgent).find()) {
                expected("/end_user/user_agent", "one line");
                return null;
            }
            return userAgent.length() <= EventContext.MAX_USER_AGENT
                    ? userAgent
                    : userAgent.substring(0, longestCut(userAgent));
        }

        /** Half a character is no text: the database would refuse the whole request. */
        private static int longestCut(String text) {
            var most = EventContext.MAX_USER_AGENT;
            return Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        }
    }
}
