package io.latchkey.mail.platform;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import reactor.core.publisher.Mono;

/** Knows the mail administrator by the one token there is; compares in constant time. */
final class AdminToken implements ReactiveAuthenticationManager {
    private final byte[] token;

    AdminToken(String token) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Mono<Authentication> authenticate(Authentication presented) {
        var credentials = String.valueOf(presented.getCredentials());
        if (!MessageDigest.isEqual(token, credentials.getBytes(StandardCharsets.UTF_8))) {
            return Mono.error(new BadCredentialsException("another token"));
        }
        return Mono.just(
                new PreAuthenticatedAuthenticationToken(
                        "mail-administrator", "", AuthorityUtils.NO_AUTHORITIES));
    }
}
