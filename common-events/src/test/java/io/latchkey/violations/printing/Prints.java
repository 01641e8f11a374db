package io.latchkey.violations.printing;

final class Prints {
    private Prints() {}

    static void print(String text) {
        System.out.println(text);
    }
}
