package io.latchkey.audit.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import io.latchkey.audit.AuditProcess;
import io.latchkey.audit.TestIssuer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** How often the issuer is asked for its keys, and what holds while it does not answer. */
class AccessTokensTest {
    private static final AuditProperties PROPERTIES =
            new AuditProperties(
                    AuditProcess.AUDIT_TOKEN,
                    AuditProcess.SUBJECT_KEY,
                    URI.create(TestIssuer.URL),
                    URI.create(TestIssuer.URL + "/oauth2/jwks"),
                    "node-1");

    private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
    private final ReactiveAuthenticationManager tokens =
            AccessTokens.of(PROPERTIES, WebClient.builder().exchangeFunction(this::answer).build());
    private @Nullable JWKSet published = new JWKSet(TestIssuer.KEY.toPublicJWK());
    private int fetches;

    @AfterEach
    void realTime() {
        VirtualTimeScheduler.reset();
    }

    @Test
    void madeUpKeyNamesCostOneFetchInFiveSecondsAndNoGenuineTokenSuffers() {
        for (int i = 0; i < 50; i++) {
            refuse(signedWith(TestIssuer.key(UUID.randomUUID().toString())));
            accept(TestIssuer.reader("acme"));
        }
        assertThat(fetches).isEqualTo(1);

        time.advanceTimeBy(Duration.ofSeconds(5));
        refuse(signedWith(TestIssuer.key("made up")));
        assertThat(fetches).isEqualTo(2);
    }

    @Test
    void newKeyIsFoundAndWithdrawnOneForgotten() {
        var next = TestIssuer.key("key-2");
        accept(TestIssuer.reader("acme"));

        published = new JWKSet(next.toPublicJWK());
        time.advanceTimeBy(Duration.ofMinutes(5));

        refuse(TestIssuer.reader("acme"));
        accept(signedWith(next));
    }

    @Test
    void issuerOutOfReachMakesTokensNeitherGenuineNorForged() {
        published = null;

        assertThatThrownBy(() -> authenticate(TestIssuer.reader("acme")))
                .isInstanceOf(AuthenticationServiceException.class);
        assertThatThrownBy(() -> authenticate(TestIssuer.reader("acme")))
                .isInstanceOf(AuthenticationServiceException.class);
        assertThat(fetches).isEqualTo(1);

        published = new JWKSet(TestIssuer.KEY.toPublicJWK());
        time.advanceTimeBy(Duration.ofSeconds(1));
        accept(TestIssuer.reader("acme"));
    }

    @Test
    void knownKeysOutliveAnOutageOfTheIssuer() {
        accept(TestIssuer.reader("acme"));

        published = null;
        time.advanceTimeBy(Duration.ofHours(1));

        accept(TestIssuer.reader("acme"));
    }

    private Mono<ClientResponse> answer(ClientRequest request) {
        fetches++;
        assertThat(request.url()).isEqualTo(PROPERTIES.jwksUrl());
        var keys = published;
        return keys == null
                ? Mono.error(new IOException("issuer away"))
                : Mono.just(ClientResponse.create(HttpStatus.OK).body(keys.toString()).build());
    }

    private void accept(String token) {
        assertThat(authenticate(token).isAuthenticated()).isTrue();
    }

    private void refuse(String token) {
        assertThatThrownBy(() -> authenticate(token))
                .isInstanceOf(InvalidBearerTokenException.class);
    }

    private Authentication authenticate(String token) {
        return Objects.requireNonNull(
                tokens.authenticate(new BearerTokenAuthenticationToken(token))
                        .block(Duration.ofSeconds(5)));
    }

    private static String signedWith(ECKey key) {
        var header =
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(new JOSEObjectType("at+jwt"))
                        .keyID(key.getKeyID())
                        .build();
        return TestIssuer.signed(header, TestIssuer.claims(_ -> {}), TestIssuer.signer(key));
    }
}
