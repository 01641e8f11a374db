package io.latchkey.events.secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code vectors/derivations.json}, computed without our code by the script beside it. */
final class Vectors {
    private static final JsonNode ALL = read();

    private Vectors() {}

    static String of(String name) {
        return ALL.required(name).stringValue();
    }

    static String of(String kid, String name) {
        return ALL.required("by_kid").required(kid).required(name).stringValue();
    }

    private static JsonNode read() {
        try (var in = Vectors.class.getResourceAsStream("/vectors/derivations.json")) {
            return JsonMapper.shared().readTree(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
