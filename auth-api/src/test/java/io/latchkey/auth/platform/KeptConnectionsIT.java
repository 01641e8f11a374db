package io.latchkey.auth.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.auth.PageReader;
import org.junit.jupiter.api.Test;

/** One connection, and request after request as fast as answers come. */
class KeptConnectionsIT {
    private static final int REQUESTS = 150;

    @Test
    void aConnectionIsReadFromForEver() {
        try (var reader = new PageReader()) {
            for (int i = 0; i < REQUESTS; i++) {
                assertThat(reader.open("/sign-in").statusCode()).isEqualTo(200);
                assertThat(reader.open("/code").statusCode()).isEqualTo(303);
            }
        }
    }
}
