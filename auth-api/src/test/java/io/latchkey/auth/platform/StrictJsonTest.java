package io.latchkey.auth.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.latchkey.auth.problem.FieldError;
import io.latchkey.auth.problem.Problem;
import io.latchkey.auth.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class StrictJsonTest {
    private final StrictJson json = new StrictJson();

    record Body(
            @Nullable String text,
            @Nullable Long number,
            @Nullable Inner inner,
            @Nullable List<String> list,
            @Nullable JsonNode any) {}

    record Inner(@Nullable String someText) {}

    @Test
    void readsSnakeCaseFieldsOfTheirTypes() {
        var body =
                json.read(
                        bytes(
                                "{\"text\":\"Zoë 😀\",\"number\":60,\"inner\":{\"some_text\":\"x\"},"
                                        + "\"list\":[\"a\"],\"any\":{\"a\":[1.5,true,null]}}"),
                        Body.class);

        assertThat(body.text()).isEqualTo("Zoë 😀");
        assertThat(body.number()).isEqualTo(60);
        assertThat(body.inner()).isEqualTo(new Inner("x"));
        assertThat(body.list()).containsExactly("a");
        assertThat(body.any()).hasToString("{\"a\":[1.5,true,null]}");
    }

    @Test
    void anAbsentFieldAndNullAreTheSame() {
        assertThat(json.read(bytes("{\"text\":null}"), Body.class))
                .isEqualTo(json.read(bytes("{}"), Body.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"text\":\"a\",\"text\":\"a\"}",
                "{\"inner\":{\"some_text\":\"a\",\"some_text\":\"b\"}}",
                "{\"any\":{\"a\":{\"b\":1,\"b\":1}}}",
                "{\"any\":[{\"b\":1,\"c\":2,\"b\":3}]}",
                "{\"text\":\"a\",\"te\\u0078t\":\"b\"}"
            })
    void duplicateKeysAreRefusedAtAnyDepth(String body) {
        assertRefused(bytes(body));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"txet\":\"a\"} | /txet",
                "{\"Text\":\"a\"} | /Text",
                "{\"inner\":{\"someText\":\"a\"}} | /inner/someText",
                "{\"a/b~c\":1} | /a~1b~0c"
            })
    void unknownFieldsAreRefusedByName(String body, String pointer) {
        assertThat(refusal(bytes(body)).errors())
                .extracting(FieldError::pointer)
                .containsExactly(pointer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"text\":1} | /text",
                "{\"text\":1.5} | /text",
                "{\"text\":true} | /text",
                "{\"text\":[\"a\"]} | /text",
                "{\"text\":{}} | /text",
                "{\"number\":\"60\"} | /number",
                "{\"number\":60.0} | /number",
                "{\"number\":6e1} | /number",
                "{\"number\":60.5} | /number",
                "{\"number\":true} | /number",
                "{\"number\":\"\"} | /number",
                "{\"number\":[60]} | /number",
                "{\"inner\":\"\"} | /inner",
                "{\"inner\":[]} | /inner",
                "{\"inner\":\"x\"} | /inner",
                "{\"inner\":{\"some_text\":7}} | /inner/some_text",
                "{\"list\":\"a\"} | /list",
                "{\"list\":[\"a\",1]} | /list/1"
            })
    void noTypeIsTakenForAnother(String body, String pointer) {
        assertThat(refusal(bytes(body)).errors())
                .extracting(FieldError::pointer)
                .containsExactly(pointer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"text\":\"a\\u0000b\"}",
                "{\"any\":{\"deep\":[\"\\u0000\"]}}",
                "{\"any\":{\"\\u0000\":1}}",
                "{\"text\":\"\\uD800\"}",
                "{\"text\":\"\\uDC00\\uD800\"}",
                "{\"text\":\"\\ud83d x\"}",
                "{\"any\":{\"\\uDFFF\":1}}"
            })
    void nulAndUnpairedSurrogatesAreRefusedInValuesAndNames(String body) {
        assertRefused(bytes(body));
    }

    @Test
    void aPairOfSurrogatesIsOneCharacter() {
        assertThat(json.read(bytes("{\"text\":\"\\uD83D\\uDE00\"}"), Body.class).text())
                .isEqualTo("😀");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e400", "1e9999"})
    void numbersThatNoDoubleHoldsAreRefused(String number) {
        assertThat(refusal(bytes("{\"any\":{\"a\":[" + number + "]}}")).errors())
                .extracting(FieldError::pointer)
                .containsExactly("/any/a/0");
    }

    /**
     * Raw NUL, a surrogate as bytes, Latin-1, an overlong slash, beyond Unicode, UTF-16, cut off.
     */
    @ParameterizedTest
    @ValueSource(strings = {"00", "eda080", "edb080", "e9", "c0af", "f4908080", "fffe", "e282"})
    void bytesThatAreNoTextAreRefused(String hex) {
        var text = HexFormat.of().parseHex(hex);
        var body = new byte[text.length + 11];
        System.arraycopy(bytes("{\"text\":\""), 0, body, 0, 9);
        System.arraycopy(text, 0, body, 9, text.length);
        System.arraycopy(bytes("\"}"), 0, body, 9 + text.length, 2);

        assertRefused(body);
    }

    @Test
    void otherEncodingsOfUnicodeAreRefused() {
        assertRefused("{\"text\":\"a\"}".getBytes(StandardCharsets.UTF_16));
        assertRefused("{\"text\":\"a\"}".getBytes(StandardCharsets.UTF_16LE));
    }

    @Test
    void fiftyLevelsAreReadAndOneMoreIsRefused() {
        assertThat(json.read(bytes(nested(50)), Body.class).any()).isNotNull();
        assertRefused(bytes(nested(51)));
        assertRefused(bytes(nested(30_000)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "true",
                "1",
                "\"text\"",
                "[]",
                "[{}]",
                "{} {}",
                "{}x",
                "{},",
                "{\"text\":\"a\"",
                "{\"text\":\"a\",}",
                "{text:\"a\"}",
                "{'text':'a'}",
                "{\"text\":\"a\"}//",
                "{/**/}",
                "{\"number\":060}",
                "{\"number\":NaN}",
                "{\"number\":99999999999999999999}",
                "{\"text\":\"a\nb\"}",
                "{\"text\":\"\\x\"}"
            })
    void whatIsNotOneObjectIsRefused(String body) {
        assertRefused(bytes(body));
    }

    @Test
    void aRefusalNeverRepeatsWhatWasSent() {
        var secret = "ada@example.com";
        for (var body :
                List.of(
                        "{\"text\":[\"" + secret + "\"]}",
                        "{\"number\":\"" + secret + "\"}",
                        "{\"text\":\"" + secret + "\" \"",
                        "{\"text\":\"" + secret + "\\u0000\"}")) {
            var problem = refusal(bytes(body));
            assertThat(problem.detail() + problem.errors()).doesNotContain("ada@");
        }
    }

    private static String nested(int levels) {
        return "{\"any\":" + "[".repeat(levels - 1) + "]".repeat(levels - 1) + "}";
    }

    private void assertRefused(byte[] body) {
        assertThat(refusal(body).code()).isEqualTo(ProblemCode.INVALID_REQUEST);
    }

    private Problem refusal(byte[] body) {
        return assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> json.read(body, Body.class))
                .actual();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
