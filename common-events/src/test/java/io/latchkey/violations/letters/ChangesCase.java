package io.latchkey.violations.letters;

@SuppressWarnings("StringCaseLocaleUsage") // The violation itself
final class ChangesCase {
    private ChangesCase() {}

    static String lower(String text) {
        return text.toLowerCase();
    }
}
