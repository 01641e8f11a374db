package io.latchkey.violations.letters;

import java.util.function.UnaryOperator;

@SuppressWarnings("StringCaseLocaleUsage") // The violation itself
final class RefersToACaseChange {
    static final UnaryOperator<String> UPPER = String::toUpperCase;

    private RefersToACaseChange() {}
}
