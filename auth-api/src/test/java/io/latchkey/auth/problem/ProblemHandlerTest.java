package io.latchkey.auth.problem;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProblemHandlerTest {
    private static final String SECRET = "the-token-of-ada@example.com";
    private final JsonMapper json = new JsonMapper();
    private final ProblemHandler handler = new ProblemHandler(json, (_, _) -> "<p>A page</p>");
    private final Logger log = (Logger) LoggerFactory.getLogger(ProblemHandler.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void listen() {
        logged.start();
        log.addAppender(logged);
    }

    @AfterEach
    void endListening() {
        log.detachAppender(logged);
    }

    @ParameterizedTest
    @EnumSource(ProblemCode.class)
    void everyCodeIsAProblemDocument(ProblemCode code) {
        var response = answer("/api/v1/links", Problem.of(code, "Why."));

        var body = body(response);
        assertThat(response.getStatusCode()).isEqualTo(code.status());
        assertThat(response.getHeaders().getContentType())
                .isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(response.getHeaders().getCacheControl()).isEqualTo("no-store");
        var names = List.of("type", "title", "status", "detail", "code", "request_id");
        assertThat(body.propertyNames())
                .filteredOn(name -> !name.equals("errors"))
                .containsExactlyInAnyOrderElementsOf(names);
        assertThat(body.has("errors")).isEqualTo(code.status() == HttpStatus.BAD_REQUEST);
        assertThat(body.required("status").intValue()).isEqualTo(code.status().value());
        assertThat(body.required("code").stringValue()).isEqualTo(code.code());
        assertThat(body.required("type").stringValue()).endsWith("#" + code.code());
        assertThat(body.required("detail").stringValue()).isEqualTo("Why.");
    }

    @Test
    void theWholeRequestIsNamedWhereNoFieldIsToBlame() {
        var whole = answer("/api/v1/links", Problem.of(ProblemCode.INVALID_REQUEST, "Why."));
        var field = answer("/api/v1/links", Problem.invalid("/email", "Why."));

        assertThat(body(whole).required("errors"))
                .isEqualTo(json.readTree("[{\"pointer\":\"\",\"detail\":\"Why.\"}]"));
        assertThat(body(field).required("errors"))
                .isEqualTo(json.readTree("[{\"pointer\":\"/email\",\"detail\":\"Why.\"}]"));
    }

    @ParameterizedTest
    @EnumSource(ProblemCode.class)
    void everyCodeHasAnErrorOfOAuth(ProblemCode code) {
        var response = answer("/oauth2/token", Problem.of(code, "Why."));

        var body = body(response);
        assertThat(body.propertyNames()).containsExactlyInAnyOrder("error", "error_description");
        assertThat(body.required("error").stringValue())
                .isIn(
                        "invalid_request",
                        "invalid_client",
                        "invalid_grant",
                        "invalid_scope",
                        "invalid_token",
                        "unauthorized_client",
                        "unsupported_grant_type",
                        "unsupported_token_type",
                        "server_error",
                        "temporarily_unavailable");
        assertThat(response.getHeaders().getCacheControl()).isEqualTo("no-store");
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new BadCredentialsException(SECRET), ProblemCode.INVALID_CLIENT),
                Arguments.of(new AccessDeniedException(SECRET), ProblemCode.FORBIDDEN),
                Arguments.of(
                        new DataAccessResourceFailureException(SECRET), ProblemCode.UNAVAILABLE),
                Arguments.of(
                        new R2dbcNonTransientResourceException(SECRET), ProblemCode.UNAVAILABLE),
                Arguments.of(new TimeoutException(SECRET), ProblemCode.UNAVAILABLE),
                Arguments.of(new RejectedExecutionException(SECRET), ProblemCode.OVERLOADED),
                Arguments.of(
                        new DataIntegrityViolationException(SECRET), ProblemCode.INTERNAL_ERROR),
                Arguments.of(
                        new ResponseStatusException(HttpStatus.NOT_FOUND, SECRET),
                        ProblemCode.NOT_FOUND),
                Arguments.of(
                        new MethodNotAllowedException(HttpMethod.PUT, List.of(HttpMethod.GET)),
                        ProblemCode.METHOD_NOT_ALLOWED),
                Arguments.of(new NotAcceptableStatusException(SECRET), ProblemCode.NOT_ACCEPTABLE),
                Arguments.of(
                        new UnsupportedMediaTypeStatusException(SECRET),
                        ProblemCode.UNSUPPORTED_MEDIA_TYPE),
                Arguments.of(new ServerWebInputException(SECRET), ProblemCode.INVALID_REQUEST),
                Arguments.of(
                        new ServerWebInputException(
                                SECRET, null, new DataBufferLimitException(SECRET)),
                        ProblemCode.PAYLOAD_TOO_LARGE),
                Arguments.of(new IllegalStateException(SECRET), ProblemCode.INTERNAL_ERROR),
                Arguments.of(new StackOverflowError(SECRET), ProblemCode.INTERNAL_ERROR));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureIsAProblemByItsTypeAndItsMessageIsNeverTold(Throwable error, ProblemCode code) {
        var response = answer("/api/v1/links", error);

        assertThat(body(response).required("code").stringValue()).isEqualTo(code.code());
        assertThat(text(response)).doesNotContain(SECRET, "Exception", "io.latchkey");
        assertThat(logged.list).noneMatch(line -> shows(line, SECRET));
    }

    @Test
    void whatBrokeHereIsLoggedByTypesAndPlaces() {
        answer(
                "/api/v1/links",
                new IllegalStateException(SECRET, new IllegalArgumentException(SECRET)));

        assertThat(logged.list)
                .singleElement()
                .satisfies(
                        line -> {
                            var thrown = line.getThrowableProxy();
                            assertThat(thrown.getMessage())
                                    .isEqualTo("java.lang.IllegalStateException");
                            assertThat(thrown.getCause().getMessage())
                                    .isEqualTo("java.lang.IllegalArgumentException");
                            assertThat(thrown.getStackTraceElementProxyArray()).isNotEmpty();
                        });
    }

    @Test
    void aCallersMistakeIsNoWarning() {
        answer("/api/v1/links", Problem.of(ProblemCode.INVALID_REQUEST, "Why."));

        assertThat(logged.list).isEmpty();
    }

    @Test
    void retryAfterIsInSeconds() {
        var response =
                answer(
                        "/api/v1/links",
                        Problem.retryLater(
                                ProblemCode.RATE_LIMITED, "Why.", Duration.ofMinutes(2)));

        assertThat(response.getHeaders().getFirst("Retry-After")).isEqualTo("120");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/l/x | text/html | text/html",
                "/l/x | text/html,application/xhtml+xml,*/*;q=0.8 | text/html",
                "/l/x | application/json | application/problem+json",
                "/l/x | application/json,text/html;q=0.9 | application/problem+json",
                "/l/x | text/html;q=0.5,application/json;q=0.9 | application/problem+json",
                "/l/x | application/problem+json,text/html;q=0.9 | application/problem+json",
                "/l/x | */* | text/html",
                "/l/x | nonsense | text/html",
                "/css/x | */* | application/problem+json",
                "/api/v1/links | text/html | application/problem+json",
                "/oauth2/token | text/html | application/json",
                "/oauth2/authorize | text/html,*/*;q=0.8 | text/html",
                "/oauth2/authorize | application/json | application/json",
                "/oauth2/logout | */* | text/html"
            })
    void aPageIsForBrowsersAndJsonForTheRest(String path, String accept, String type) {
        var exchange =
                MockServerWebExchange.from(
                        MockServerHttpRequest.get(path).header("Accept", accept).build());

        handler.handle(exchange, Problem.of(ProblemCode.NOT_FOUND, "Why.")).block();

        assertThat(exchange.getResponse().getHeaders().getContentType())
                .isNotNull()
                .matches(sent -> sent.equalsTypeAndSubtype(MediaType.parseMediaType(type)));
    }

    private static boolean shows(ILoggingEvent line, String secret) {
        return (line.getFormattedMessage() + line.getKeyValuePairs()).contains(secret)
                || shows(line.getThrowableProxy(), secret);
    }

    private static boolean shows(@Nullable IThrowableProxy thrown, String secret) {
        return thrown != null
                && (String.valueOf(thrown.getMessage()).contains(secret)
                        || shows(thrown.getCause(), secret));
    }

    private MockServerHttpResponse answer(String path, Throwable error) {
        var exchange = MockServerWebExchange.from(MockServerHttpRequest.post(path).build());
        handler.handle(exchange, error).block();
        return exchange.getResponse();
    }

    private static String text(MockServerHttpResponse response) {
        return String.valueOf(response.getBodyAsString().block());
    }

    private JsonNode body(MockServerHttpResponse response) {
        return json.readTree(text(response));
    }
}
