package io.latchkey.auth.link.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.latchkey.auth.link.LinkRequest;
import io.latchkey.auth.platform.StrictJson;
import io.latchkey.auth.problem.FieldError;
import io.latchkey.auth.problem.Problem;
import io.latchkey.auth.problem.ProblemCode;
import io.latchkey.events.Intent;
import io.latchkey.events.MailOverrides;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkRequestReaderTest {
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private final LinkRequestReader reader = new LinkRequestReader(new StrictJson());

    @Test
    void addressAndRedirectAreEnough() {
        var request =
                reader.read(
                        bytes(
                                "{\"email\":\"Ada@Example.COM\",\"redirect_uri\":\"https://app.example/\"}"));

        assertThat(request.email().value()).isEqualTo("ada@example.com");
        assertThat(request.redirectUri()).isEqualTo("https://app.example/");
        assertThat(request.intent()).isEqualTo(Intent.SIGN_IN_OR_UP);
        assertThat(request.mail()).isEqualTo(MailOverrides.NONE);
        assertThat(request.expiresIn()).isNull();
        assertThat(request.attributes()).isNull();
    }

    @Test
    void everyFieldOfTheContractIsRead() {
        var request =
                with(
                        "\"intent\":\"sign_in\",\"state\":\"st ate\",\"nonce\":\"n\",\"code_challenge\":\""
                                + CHALLENGE
                                + "\",\"code_challenge_method\":\"S256\",\"expires_in\":600,"
                                + "\"deliver_within\":900,\"session_duration\":86400,\"locale\":\"de-ch\","
                                + "\"attributes\":{\"name\":\"Ada\"},\"mail\":{\"subject\":\"s\","
                                + "\"headline\":\"h\",\"body\":\"b\\nb\",\"button\":\"t\",\"footer\":\"f\"},"
                                + "\"end_user\":{\"ip\":\"203.0.113.7\",\"user_agent\":\"UA\"}");

        assertThat(request)
                .usingRecursiveComparison()
                .ignoringFields("email")
                .isEqualTo(
                        new LinkRequest(
                                request.email(),
                                null,
                                Intent.SIGN_IN,
                                "https://app.example/callback",
                                "st ate",
                                "n",
                                CHALLENGE,
                                Duration.ofMinutes(10),
                                Duration.ofMinutes(15),
                                Duration.ofDays(1),
                                "de-CH",
                                "{\"name\":\"Ada\"}",
                                new MailOverrides("s", "h", "b\nb", "t", "f"),
                                "203.0.113.7",
                                "UA",
                                null,
                                false));
    }

    @Test
    void anIdentifierNamesTheAddressAsWell() {
        var request =
                reader.read(
                        bytes(
                                "{\"identifier\":{\"type\":\"email\",\"value\":\"ada@example.com\"},"
                                        + "\"redirect_uri\":\"https://app.example/\"}"));

        assertThat(request.email().value()).isEqualTo("ada@example.com");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"email\":\"a@b.co\",\"identifier\":{\"type\":\"email\",\"value\":\"a@b.co\"} | /email",
                "\"state\":\"x\" | /email",
                "\"email\":null | /email",
                "\"email\":\"\" | /email",
                "\"email\":\"a@b.co,c@d.co\" | /email",
                "\"email\":\"a@b.co;c@d.co\" | /email",
                "\"email\":\"a@b.co c@d.co\" | /email",
                "\"email\":\"a@b.co\\r\\nBcc: c@d.co\" | /email",
                "\"email\":\"a@b.co\\n\" | /email",
                "\"email\":\"a@b.co%0a\" | /email",
                "\"email\":\"<a@b.co>\" | /email",
                "\"identifier\":{\"type\":\"email\"} | /identifier/value",
                "\"identifier\":{\"type\":\"email\",\"value\":\"a@b@c\"} | /identifier/value",
                "\"identifier\":{\"type\":\"EMAIL\",\"value\":\"a@b.co\"} | /identifier/type",
                "\"identifier\":{\"value\":\"a@b.co\"} | /identifier/type",
                "\"identifier\":{\"type\":\"custom:\",\"value\":\"x\"} | /identifier/type",
                "\"identifier\":{\"type\":\"custom:a\\nb\",\"value\":\"x\"} | /identifier/type",
                "\"identifier\":{\"type\":\"custom:plan\"} | /identifier/value",
                "\"identifier\":{\"type\":\"user_id\",\"value\":\"user_1\"} | /identifier/value",
                "\"identifier\":{\"type\":\"username\",\"value\":\"a b\"} | /identifier/value",
                "\"identifier\":{\"type\":\"phone_number\",\"value\":\"030 1\"} | /identifier/value",
                "\"identifier\":{} | /identifier/type"
            })
    void exactlyOneMailboxIsNamed(String fields, String pointer) {
        var body = "{\"redirect_uri\":\"https://app.example/\"," + fields + "}";

        assertThat(errors(body)).containsExactly(pointer);
    }

    static Stream<Arguments> hostile() {
        return Stream.of(
                        Stream.of("/redirect_uri", "/state", "/nonce", "/locale", "/intent")
                                .flatMap(
                                        p -> hostile(p, "\\r", "\\n", "\\t", "\\u007f", "\\u0085")),
                        Stream.of("/code_challenge", "/code_challenge_method")
                                .flatMap(p -> hostile(p, "\\r", "\\n", "\\t")),
                        Stream.of("/mail/subject", "/mail/headline", "/mail/button")
                                .flatMap(
                                        p -> hostile(p, "\\r", "\\n", "\\t", "\\u0085", "\\u2028")),
                        Stream.of("/mail/body", "/mail/footer")
                                .flatMap(p -> hostile(p, "\\u0001", "\\u001b", "\\u007f")),
                        Stream.of("/end_user/ip", "/end_user/user_agent")
                                .flatMap(p -> hostile(p, "\\r", "\\n", "\\u0001", "\\u001b")))
                .flatMap(s -> s);
    }

    private static Stream<Arguments> hostile(String pointer, String... escapes) {
        return Stream.concat(Stream.of("\\u0000", "\\ud800"), Stream.of(escapes))
                .map(escape -> Arguments.of(pointer, escape));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void controlCharactersAreRefusedInEveryField(String pointer, String escape) {
        var name = pointer.substring(pointer.lastIndexOf('/') + 1);
        var field = "\"" + name + "\":\"a" + escape + "b\"";
        var parent = pointer.substring(1, Math.max(1, pointer.lastIndexOf('/')));

        var body = object(parent.isEmpty() ? field : "\"" + parent + "\":{" + field + "}");

        assertThat(errors(body)).contains(pointer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"expires_in\":59 | /expires_in",
                "\"expires_in\":86401 | /expires_in",
                "\"expires_in\":0 | /expires_in",
                "\"expires_in\":-600 | /expires_in",
                "\"expires_in\":9223372036854775807 | /expires_in",
                "\"deliver_within\":59 | /deliver_within",
                "\"deliver_within\":86401 | /deliver_within",
                "\"session_duration\":59 | /session_duration",
                "\"session_duration\":31622401 | /session_duration"
            })
    void durationsHaveBounds(String field, String pointer) {
        assertThat(errors(object(field))).containsExactly(pointer);
    }

    @ParameterizedTest
    @ValueSource(longs = {60, 86_400})
    void theBoundsThemselvesAreAllowed(long seconds) {
        var request =
                with(
                        "\"expires_in\":%d,\"deliver_within\":%d,\"session_duration\":%d"
                                .formatted(seconds, seconds, seconds));

        assertThat(request.expiresIn()).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(request.deliverWithin()).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(request.sessionDuration()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"code_challenge\":\"" + CHALLENGE + "\" | /code_challenge",
                "\"code_challenge_method\":\"S256\" | /code_challenge",
                "\"code_challenge\":\"short\",\"code_challenge_method\":\"S256\" | /code_challenge",
                "\"code_challenge\":\""
                        + CHALLENGE
                        + "=\",\"code_challenge_method\":\"S256\" | /code_challenge",
                "\"code_challenge\":\""
                        + CHALLENGE
                        + "\",\"code_challenge_method\":\"plain\" | /code_challenge_method",
                "\"code_challenge\":\""
                        + CHALLENGE
                        + "\",\"code_challenge_method\":\"s256\" | /code_challenge_method"
            })
    void aChallengeIsWholeAndS256(String fields, String pointer) {
        assertThat(errors(object(fields))).containsExactly(pointer);
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7",
        "::ffff:203.0.113.7, 203.0.113.7",
        "::FFFF:cb00:7107, 203.0.113.7",
        "2001:db8::1, 2001:db8::1",
        "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
        "::1, ::1"
    })
    void anIpAddressHasOneSpelling(String sent, String canonical) {
        assertThat(with("\"end_user\":{\"ip\":\"" + sent + "\"}").ip()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "203.0.113.7:443",
                "[2001:db8::1]",
                "[2001:db8::1]:443",
                "fe80::1%eth0",
                "fe80::1%1",
                "localhost",
                "example.com",
                "203.0.113",
                "203.0.113.256",
                "203.0.113.7.1",
                "0xcb007107",
                "3405803783",
                "203.0.113.7 ",
                "2001:db8::1::2",
                "12345::",
                ":",
                "203.0.113.7/24"
            })
    void whatIsNoLiteralAddressIsRefused(String ip) {
        assertThat(errors(object("\"end_user\":{\"ip\":\"" + ip + "\"}")))
                .containsExactly("/end_user/ip");
    }

    @ParameterizedTest
    @CsvSource({
        "state, 2048",
        "nonce, 2048",
        "redirect_uri, 2048",
    })
    void wordsHaveALongestLength(String name, int most) {
        var body = object("\"%s\":\"%s\"".formatted(name, "x".repeat(most)));
        var longer = object("\"%s\":\"%s\"".formatted(name, "x".repeat(most + 1)));

        assertThat(errors(body)).isEmpty();
        assertThat(errors(longer)).containsExactly("/" + name);
    }

    @ParameterizedTest
    @CsvSource({
        "subject, 200",
        "headline, 200",
        "button, 200",
        "body, 2000",
        "footer, 2000",
    })
    void textsOfTheMailHaveALongestLength(String name, int most) {
        var body = object("\"mail\":{\"%s\":\"%s\"}".formatted(name, "x".repeat(most)));
        var longer = object("\"mail\":{\"%s\":\"%s\"}".formatted(name, "x".repeat(most + 1)));

        assertThat(errors(body)).isEmpty();
        assertThat(errors(longer)).containsExactly("/mail/" + name);
    }

    @Test
    void textsOfTheMailKeepMarkupAsWritten() {
        var text = "<b>{{x}}</b> ${7*7} =?utf-8?q?x?=";

        var mail =
                with("\"mail\":{\"subject\":\"%s\",\"body\":\"%s\"}".formatted(text, text)).mail();

        assertThat(mail.subject()).isEqualTo(text);
        assertThat(mail.body()).isEqualTo(text);
    }

    @Test
    void aLongUserAgentIsCutBetweenCharacters() {
        var cut = with("\"end_user\":{\"user_agent\":\"" + "a".repeat(600) + "\"}").userAgent();
        var split = with("\"end_user\":{\"user_agent\":\"" + "a".repeat(511) + "😀\"}").userAgent();

        assertThat(cut).hasSize(512);
        assertThat(split).isEqualTo("a".repeat(511));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"x\"", "1", "true"})
    void attributesAreAnObject(String attributes) {
        assertThat(errors(object("\"attributes\":" + attributes))).containsExactly("/attributes");
    }

    @Test
    void attributesHaveALongestLength() {
        var most = 16 * 1024 - "{\"a\":\"\"}".length();

        assertThat(errors(object("\"attributes\":{\"a\":\"%s\"}".formatted("x".repeat(most)))))
                .isEmpty();
        assertThat(errors(object("\"attributes\":{\"a\":\"%s\"}".formatted("x".repeat(most + 1)))))
                .containsExactly("/attributes");
        assertThat(errors(object("\"attributes\":{\"a\":\"%s\"}".formatted("é".repeat(most - 10)))))
                .containsExactly("/attributes");
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        var body =
                "{\"email\":\"nobody\",\"redirect_uri\":\"\",\"intent\":\"x\",\"expires_in\":1,"
                        + "\"locale\":\"!\",\"end_user\":{\"ip\":\"x\"}}";

        var problem = refusal(body);

        assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_REQUEST);
        assertThat(problem.errors())
                .extracting(FieldError::pointer)
                .containsExactlyInAnyOrder(
                        "/email",
                        "/redirect_uri",
                        "/intent",
                        "/expires_in",
                        "/locale",
                        "/end_user/ip");
        assertThat(problem.errors().toString()).doesNotContain("nobody");
    }

    private LinkRequest with(String fields) {
        return reader.read(bytes(object(fields)));
    }

    private static String object(String fields) {
        var email = "\"email\":\"ada@example.com\",";
        var redirect = "\"redirect_uri\":\"https://app.example/callback\",";
        return "{" + email + (fields.contains("redirect_uri") ? "" : redirect) + fields + "}";
    }

    private List<String> errors(String body) {
        try {
            reader.read(bytes(body));
            return List.of();
        } catch (Problem problem) {
            return problem.errors().stream().map(FieldError::pointer).toList();
        }
    }

    private Problem refusal(@Nullable String body) {
        return assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> reader.read(bytes(String.valueOf(body))))
                .actual();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
