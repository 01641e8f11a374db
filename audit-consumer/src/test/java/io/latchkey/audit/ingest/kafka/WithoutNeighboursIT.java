package io.latchkey.audit.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.audit.AuditProcess;
import io.latchkey.audit.TestIssuer;
import io.latchkey.testing.TestPostgres;
import org.junit.jupiter.api.Test;

class WithoutNeighboursIT {
    @Test
    void trailIsReadableWhereNeitherKafkaNorTheIssuerEverWas() {
        try (var process =
                AuditProcess.startUnready(
                        TestPostgres.database("alone"),
                        "kafka.invalid:9092",
                        "http://localhost:1/oauth2/jwks")) {
            assertThat(process.events("limit=1")).isEmpty();
            process.withToken(TestIssuer.reader("acme"))
                    .get()
                    .uri("/api/v1/audit/events")
                    .exchange()
                    .expectStatus()
                    .isEqualTo(503)
                    .expectHeader()
                    .exists("Retry-After")
                    .expectBody()
                    .jsonPath("$.code")
                    .isEqualTo("unavailable");
            process.anonymous()
                    .get()
                    .uri("/actuator/health/liveness")
                    .exchange()
                    .expectStatus()
                    .isOk();
            process.anonymous()
                    .get()
                    .uri("/actuator/health/readiness")
                    .exchange()
                    .expectStatus()
                    .isEqualTo(503);
        }
    }
}
