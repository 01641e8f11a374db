package io.latchkey.auth.link.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class AcceptedLinkResponseTest {

    @ParameterizedTest
    @CsvSource({
        "2026-11-27T14:48:24.123456Z, 2026-11-27T14:48:24.123456Z",
        "2026-11-27T14:48:24.123Z, 2026-11-27T14:48:24.123000Z",
        "2026-11-27T14:48:24Z, 2026-11-27T14:48:24.000000Z"
    })
    void answersAreEquallyLong(Instant expiresAt, String written) {
        var answer = new AcceptedLinkResponse("link_1", expiresAt);

        assertThat(JsonMapper.shared().writeValueAsString(answer))
                .isEqualTo("{\"link_id\":\"link_1\",\"expires_at\":\"%s\"}", written);
    }
}
