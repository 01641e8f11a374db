package io.latchkey.auth.oauth;

import java.util.List;
import java.util.Optional;
import org.springframework.util.MultiValueMap;

/**
 * Parameters as they came. One without a value counts as left out.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc6749#section-3.1">RFC 6749 §3.1</a>
 */
record SentParameters(MultiValueMap<String, String> values) {
    boolean isRepeated(String name) {
        return values.getOrDefault(name, List.of()).size() > 1;
    }

    /** Empty where it is repeated, too: there is no telling which is meant. */
    Optional<String> get(String name) {
        return isRepeated(name)
                ? Optional.empty()
                : Optional.ofNullable(values.getFirst(name)).filter(value -> !value.isEmpty());
    }

    /** Without the values: some hold addresses. */
    @Override
    public String toString() {
        return "SentParameters" + values.keySet();
    }
}
