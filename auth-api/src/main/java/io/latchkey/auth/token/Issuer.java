package io.latchkey.auth.token;

import io.latchkey.auth.platform.LatchkeyProperties;
import org.springframework.stereotype.Component;

/** Who signs: the public URL, as {@code iss} says it. */
@Component
public class Issuer {
    private final String value;

    Issuer(LatchkeyProperties properties) {
        this.value = properties.publicUrl().toString();
    }

    /** Without a slash at its end. */
    public String value() {
        return value;
    }
}
