package io.latchkey.mail.platform;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Headers of records as text in UTF-8. */
public final class TextHeaders {
    private TextHeaders() {}

    /** Of several of the name, the last. */
    public static byte @Nullable [] value(Headers headers, String name) {
        var header = headers.lastHeader(name);
        return header == null ? null : header.value();
    }

    public static Optional<String> text(Headers headers, String name) {
        return Optional.ofNullable(value(headers, name))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** In place of those of the name. */
    public static void set(Headers headers, String name, Object value) {
        headers.remove(name);
        headers.add(name, value.toString().getBytes(StandardCharsets.UTF_8));
    }
}
