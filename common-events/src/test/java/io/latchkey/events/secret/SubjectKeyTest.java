package io.latchkey.events.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.events.EmailAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectKeyTest {
    private final SubjectKey key = SubjectKey.parse(Vectors.of("subject_key"));

    @Test
    void oneAccountHasOneSubjectHoweverItIsSpelled() {
        assertThat(key.subject(EmailAddress.parse("ADA@bücher.example")))
                .isEqualTo(key.subject(EmailAddress.parse("ada@xn--bcher-kva.EXAMPLE")))
                .isNotEqualTo(key.subject(EmailAddress.parse("ada@bucher.example")));
    }

    @Test
    void eachTenantKnowsAnAddressByAnotherName() {
        var ada = EmailAddress.parse("ada@example.com");

        assertThat(key.persistentId("one", ada))
                .matches("[A-Za-z0-9_-]{43}")
                .isNotEqualTo(key.persistentId("two", ada))
                .isNotEqualTo(key.subject(ada).value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\u0000", "a\u0000b"})
    void aTenantCannotPassForNone(String tenant) {
        var ada = EmailAddress.parse("ada@example.com");

        assertThatThrownBy(() -> key.persistentId(tenant, ada))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tenant (expected: a name, without NUL)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "YGFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eHl6e3x9fn",
                "YGFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eHl6e3x9fn9",
                "YGFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eHl6e3x9fn8="
            })
    void anythingButAKeyIsRefusedAndNotRepeated(String text) {
        assertThatThrownBy(() -> SubjectKey.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("subject key (expected: 32 bytes as base64url, 43 characters)");
    }
}
