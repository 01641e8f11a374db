package io.latchkey.auth.app;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.springframework.stereotype.Component;

/** Knows the administrator by the one token there is. */
@Component
public class AdministratorToken {
    private final byte[] token;

    AdministratorToken(AdministratorProperties properties) {
        this.token = properties.adminToken().getBytes(StandardCharsets.UTF_8);
    }

    /** In constant time; nothing matches where none is set. */
    public boolean matches(String presented) {
        return token.length > 0
                && MessageDigest.isEqual(token, presented.getBytes(StandardCharsets.UTF_8));
    }
}
