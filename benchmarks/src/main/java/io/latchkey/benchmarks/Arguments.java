package io.latchkey.benchmarks;

import java.util.HashMap;
import java.util.Map;

/** Arguments of the form {@code --name=value}. */
public final class Arguments {
    private final Map<String, String> values = new HashMap<>();

    /**
     * @throws IllegalArgumentException for anything of another form
     */
    Arguments(String... arguments) {
        for (var argument : arguments) {
            var equals = argument.indexOf('=');
            if (!argument.startsWith("--") || equals < 0) {
                throw new IllegalArgumentException(argument + " (expected: --name=value)");
            }
            values.put(argument.substring(2, equals), argument.substring(equals + 1));
        }
    }

    public String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    public int number(String name, int otherwise) {
        return Integer.parseInt(text(name, Integer.toString(otherwise)));
    }
}
