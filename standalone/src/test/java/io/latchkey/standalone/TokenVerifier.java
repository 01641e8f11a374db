package io.latchkey.standalone;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;

/**
 * Checks tokens as an app's backend does: by the issuer's JWKS, with another library than signs.
 */
final class TokenVerifier {
    private final String issuer;

    TokenVerifier(String issuer) {
        this.issuer = issuer;
    }

    /**
     * @param type the {@code typ} that the token must have
     */
    JWTClaimsSet verify(String token, String type)
            throws MalformedURLException, ParseException, BadJOSEException, JOSEException {
        var keys = JWKSourceBuilder.create(URI.create(issuer + "/oauth2/jwks").toURL()).build();
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType(type)));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, keys));
        return processor.process(token, null);
    }
}
