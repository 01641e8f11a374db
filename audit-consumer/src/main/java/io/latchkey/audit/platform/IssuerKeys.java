package io.latchkey.audit.platform;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The issuer's public keys. They are fetched when a token names one that is not known, which
 * anybody can make up: so no more often than every five seconds, and only once for all who wait.
 * Keys once fetched go on checking tokens while the issuer is away; one that the issuer withdrew is
 * forgotten within five minutes.
 */
final class IssuerKeys {
    private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(5);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration MAX_AGE = Duration.ofMinutes(5);

    private final Mono<JWKSet> latest;
    private final Mono<Void> notTooOld;
    private volatile JWKSet known = new JWKSet();

    IssuerKeys(WebClient http, URI jwksUrl) {
        latest =
                http.get()
                        .uri(jwksUrl)
                        .retrieve()
                        .bodyToMono(String.class)
                        .defaultIfEmpty("")
                        .map(IssuerKeys::parse)
                        .doOnNext(fetched -> known = fetched)
                        .cache(_ -> BETWEEN_FETCHES, _ -> AFTER_FAILURE, () -> AFTER_FAILURE);
        notTooOld =
                latest.then().onErrorComplete().cache(_ -> MAX_AGE, _ -> MAX_AGE, () -> MAX_AGE);
    }

    /** Those that may have signed it; an error if that cannot be known, as the issuer is away. */
    Flux<JWK> of(SignedJWT jwt) {
        var header = jwt.getHeader();
        if (!JWSAlgorithm.ES256.equals(header.getAlgorithm())) {
            return Flux.empty();
        }
        var wanted = new JWKSelector(JWKMatcher.forJWSHeader(header));
        return notTooOld.thenMany(
                Flux.defer(() -> Flux.fromIterable(wanted.select(known)))
                        .switchIfEmpty(latest.flatMapIterable(wanted::select)));
    }

    private static JWKSet parse(String body) {
        try {
            return JWKSet.parse(body);
        } catch (ParseException e) {
            throw new IllegalArgumentException("the issuer's answer is no JWK set", e);
        }
    }
}
