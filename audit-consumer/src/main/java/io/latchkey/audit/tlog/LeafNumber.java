package io.latchkey.audit.tlog;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The place that an event says it has. */
final class LeafNumber {
    private static final JsonMapper JSON = JsonMapper.shared();

    private LeafNumber() {}

    /** Empty where the leaf is no event. */
    static Optional<Long> of(byte[] leaf) {
        try {
            var sequence = JSON.readTree(leaf).path("sequence");
            return sequence.isIntegralNumber() && sequence.canConvertToLong()
                    ? Optional.of(sequence.longValue())
                    : Optional.empty();
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }
}
