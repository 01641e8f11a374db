package io.latchkey.audit.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
    @ParameterizedTest
    @EnumSource
    void isReadAsItWasWritten(Order order) {
        for (long last : new long[] {0, 1, 255, 1L << 40, Long.MAX_VALUE}) {
            var cursor = new Cursor(order, last);

            assertThat(cursor.toString()).matches("[A-Za-z0-9_-]{12}");
            assertThat(Cursor.parse(cursor.toString())).contains(cursor);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "AAAAAAAAAAA",
                "AAAAAAAAAAAAA",
                "AAAAAAAAAAAA=",
                "AgAAAAAAAAAA",
                "AP__________",
                "AAAA AAAAAAA",
                "ÄAAAAAAAAAAA"
            })
    void anythingElseIsNone(String text) {
        assertThat(Cursor.parse(text)).isEmpty();
    }

    @Test
    void pageHasItsLimitAndItsOrder() {
        assertThatThrownBy(() -> new PageRequest(Order.NEWEST_FIRST, null, 201))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () ->
                                new PageRequest(
                                        Order.NEWEST_FIRST, new Cursor(Order.OLDEST_FIRST, 1), 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
