package io.latchkey.audit.platform;

import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtReactiveAuthenticationManager;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * Checks access tokens of the issuer: ES256 only, its own keys only, and type, issuer, audience and
 * times of RFC 9068. Such a token reads its own tenant, if it has the scope {@code audit.read}.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc9068#section-4">RFC 9068 §4</a>
 */
final class AccessTokens {
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(60);
    private static final Duration KEYS_TIMEOUT = Duration.ofSeconds(2);

    private AccessTokens() {}

    static ReactiveAuthenticationManager of(AuditProperties properties) {
        return of(properties, webClient());
    }

    static ReactiveAuthenticationManager of(AuditProperties properties, WebClient http) {
        var keys = new IssuerKeys(http, properties.jwksUrl());
        var decoder =
                NimbusReactiveJwtDecoder.withJwkSource(keys::of)
                        .jwsAlgorithm(SignatureAlgorithm.ES256)
                        .validateType(false) // ours is stricter: see the validators
                        .build();
        decoder.setJwtValidator(validator(properties.issuerUrl().toString()));
        var manager = new JwtReactiveAuthenticationManager(orUnavailable(decoder));
        manager.setJwtAuthenticationConverter(jwt -> Mono.just(reader(jwt)));
        return manager;
    }

    /** A decoder without keys says so by a type that would be taken for a bug of ours. */
    private static ReactiveJwtDecoder orUnavailable(ReactiveJwtDecoder decoder) {
        return token ->
                decoder.decode(token)
                        .onErrorMap(
                                IllegalStateException.class,
                                e -> new JwtException("the issuer's keys are out of reach", e));
    }

    private static OAuth2TokenValidator<Jwt> validator(String issuer) {
        var type = new JwtTypeValidator("at+jwt", "application/at+jwt");
        type.setAllowEmpty(false);
        return new DelegatingOAuth2TokenValidator<>(
                List.of(
                        type,
                        new JwtTimestampValidator(CLOCK_SKEW),
                        new JwtClaimValidator<>(JwtClaimNames.EXP, Objects::nonNull),
                        new JwtIssuerValidator(issuer),
                        new JwtClaimValidator<List<String>>(
                                JwtClaimNames.AUD,
                                audience -> audience != null && audience.contains(issuer))));
    }

    private static AbstractAuthenticationToken reader(Jwt jwt) {
        var reader =
                new AuditReader(
                        Objects.requireNonNullElse(jwt.getClaimAsString("client_id"), "unknown"),
                        jwt.getClaimAsString("tenant"),
                        jwt.getExpiresAt());
        // A token without a tenant must not be taken for one that sees all of them
        return reader.tenant() != null && hasScope(jwt)
                ? AuditReaderAuthentication.mayRead(reader)
                : AuditReaderAuthentication.mayNotRead(reader);
    }

    private static boolean hasScope(Jwt jwt) {
        var scope = jwt.getClaim("scope") instanceof String text ? text : "";
        return Arrays.asList(scope.split(" ", -1)).contains(AuditReaderAuthentication.READ);
    }

    private static WebClient webClient() {
        var http =
                HttpClient.create()
                        .option(
                                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                                Math.toIntExact(KEYS_TIMEOUT.toMillis()))
                        .responseTimeout(KEYS_TIMEOUT);
        return WebClient.builder().clientConnector(new ReactorClientHttpConnector(http)).build();
    }
}
