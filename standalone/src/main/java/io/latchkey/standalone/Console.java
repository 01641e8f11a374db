package io.latchkey.standalone;

/**
 * What the person who started the standalone reads. Not a log: the tokens of the first start are
 * printed here and must not reach a log file.
 */
final class Console {
    private Console() {}

    static void say(String line) {
        System.out.println(line);
    }

    static void fail(String reason) {
        System.err.println("Latchkey cannot start: " + reason);
    }
}
