package io.latchkey.auth.keys;

import io.latchkey.events.secret.KeyRing;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * {@code keys generate KID} prints a new key ring; {@code keys derive-mail} reads {@code
 * LATCHKEY_KEYS} and prints the {@code LATCHKEY_MAIL_KEYS} that belong to it. What is printed is a
 * secret.
 */
public final class KeysCommand {
    public static final String NAME = "keys";
    private static final String USAGE =
            "usage: keys generate KID | keys derive-mail (reads LATCHKEY_KEYS)";
    private final Map<String, String> environment;

    public KeysCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Exit code 0, or 2 with one line on standard error. */
    @SuppressWarnings("SystemOut") // a command answers on standard output
    public int run(String... arguments) {
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        try {
            out.println(answer(arguments));
            return 0;
        } catch (IllegalArgumentException e) {
            new PrintWriter(System.err, true, StandardCharsets.UTF_8).println(e.getMessage());
            return 2;
        }
    }

    String answer(String... arguments) {
        if (arguments.length == 3 && "generate".equals(arguments[1])) {
            return KeyRing.generate(arguments[2]);
        }
        if (arguments.length == 2 && "derive-mail".equals(arguments[1])) {
            var keys = environment.get("LATCHKEY_KEYS");
            if (keys == null) {
                throw new IllegalArgumentException("LATCHKEY_KEYS is not set");
            }
            return KeyRing.parse(keys).formatMailKeys();
        }
        throw new IllegalArgumentException(USAGE);
    }
}
