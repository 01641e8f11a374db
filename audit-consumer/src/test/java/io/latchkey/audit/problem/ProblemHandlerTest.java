package io.latchkey.audit.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(OutputCaptureExtension.class)
class ProblemHandlerTest {
    private static final String ADDRESS = "ada@mail.example";

    private final ProblemHandler problems = new ProblemHandler(JsonMapper.builder().build());
    private final MockServerWebExchange exchange =
            MockServerWebExchange.from(MockServerHttpRequest.get("/api/v1/audit/events"));

    @Test
    void whatNobodyForesawIsLoggedByTypeAndPlaceOnly(CapturedOutput output) {
        var cause = new IOException("no row for " + ADDRESS);
        handle(new UncheckedIOException("GET /?email=" + ADDRESS, cause));

        assertThat(exchange.getResponse().getStatusCode())
                .isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
        assertThat(output)
                .contains("java.io.UncheckedIOException", "java.io.IOException")
                .contains("ProblemHandlerTest.java")
                .doesNotContain(ADDRESS);
        assertThat(exchange.getResponse().getBodyAsString().block()).doesNotContain(ADDRESS);
    }

    @Test
    void whatIsAwayIsLoggedByItsType(CapturedOutput output) {
        var cause = new IOException("refused: " + ADDRESS);
        handle(new DataAccessResourceFailureException("SELECT " + ADDRESS, cause));

        assertThat(exchange.getResponse().getStatusCode())
                .isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
        assertThat(output).contains("something that it needs is away").doesNotContain(ADDRESS);
    }

    private void handle(Throwable failure) {
        assertThat(Objects.requireNonNull(problems.handle(exchange, failure)).blockOptional())
                .isEmpty();
    }
}
