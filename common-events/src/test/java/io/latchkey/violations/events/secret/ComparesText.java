package io.latchkey.violations.events.secret;

import java.util.function.Predicate;

final class ComparesText {
    private ComparesText() {}

    static Predicate<String> matcher(String genuine) {
        return genuine::equals;
    }
}
