package io.latchkey.violations.clock;

import java.time.OffsetDateTime;
import java.util.function.Supplier;

final class RefersToTheClock {
    static final Supplier<OffsetDateTime> NOW = OffsetDateTime::now;

    private RefersToTheClock() {}
}
