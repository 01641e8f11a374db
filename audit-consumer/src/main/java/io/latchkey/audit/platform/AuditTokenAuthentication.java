package io.latchkey.audit.platform;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import reactor.core.publisher.Mono;

/**
 * Knows the audit token, in constant time, and leaves every other bearer token to the check of
 * access tokens.
 */
final class AuditTokenAuthentication implements ReactiveAuthenticationManager {
    private final byte[] auditToken;
    private final ReactiveAuthenticationManager accessTokens;

    AuditTokenAuthentication(String auditToken, ReactiveAuthenticationManager accessTokens) {
        this.auditToken = auditToken.getBytes(StandardCharsets.UTF_8);
        this.accessTokens = accessTokens;
    }

    @Override
    public Mono<Authentication> authenticate(Authentication bearer) {
        if (!(bearer instanceof BearerTokenAuthenticationToken given)) {
            return Mono.error(new InvalidBearerTokenException("no bearer token"));
        }
        return MessageDigest.isEqual(auditToken, given.getToken().getBytes(StandardCharsets.UTF_8))
                ? Mono.just(AuditReaderAuthentication.mayRead(AuditReader.ofAllTenants()))
                : accessTokens.authenticate(bearer);
    }
}
