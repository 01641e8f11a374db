package io.latchkey.auth.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypedCodeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "012345",
                " 012345\n",
                "012 345",
                "012-345",
                "012\u00a0345",
                "0 1 2 3 4 5",
                "\uff10\uff11\uff12\uff13\uff14\uff15",
                "\u0660\u0661\u0662\u0663\u0664\u0665"
            })
    void readsSixDigitsHoweverTheyAreTyped(String typed) {
        assertThat(TypedCode.digits(typed)).hasValue("012345");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12345", "1234567", "12345a", "123456\0", "+12345", "1234.56"})
    void nothingElseIsACode(String typed) {
        assertThat(TypedCode.digits(typed)).isEmpty();
    }
}
