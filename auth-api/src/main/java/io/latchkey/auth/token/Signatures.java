package io.latchkey.auth.token;

import io.jsonwebtoken.Header;
import io.jsonwebtoken.JwsHeader;
import io.jsonwebtoken.JwtParserBuilder;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.InvalidKeyException;
import java.security.Key;
import org.springframework.stereotype.Component;

/** How tokens of our own are told from others (S14): algorithm, key, type and issuer. */
@Component
class Signatures {
    private final SigningKeys keys;
    private final Issuer issuer;

    Signatures(SigningKeys keys, Issuer issuer) {
        this.keys = keys;
        this.issuer = issuer;
    }

    /** The caller adds audience and times. */
    JwtParserBuilder parser(String type) {
        return Jwts.parser()
                .sig()
                .clear()
                .add(Jwts.SIG.ES256)
                .and()
                .keyLocator(header -> key(type, header))
                .requireIssuer(issuer.value());
    }

    /** Of our own set: a token never brings its key. */
    private Key key(String type, Header header) {
        if (!type.equals(header.getType())) {
            throw new InvalidKeyException("not of this type");
        }
        return keys.publicKey(String.valueOf(((JwsHeader) header).getKeyId()))
                .orElseThrow(() -> new InvalidKeyException("unknown key"));
    }
}
