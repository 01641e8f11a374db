package io.latchkey.auth.token.web;

import io.latchkey.auth.token.SigningKeys;
import java.time.Duration;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /oauth2/jwks}: the public keys that our tokens are verified with. */
@RestController
class JwksController {
    /** With the minute that nodes take to read keys again, less than a key is published before. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final SigningKeys keys;

    JwksController(SigningKeys keys) {
        this.keys = keys;
    }

    @GetMapping("/oauth2/jwks")
    ResponseEntity<Map<String, Object>> jwks() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(FRESH).cachePublic())
                .body(keys.jwks());
    }
}
