package io.latchkey.audit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Signs access tokens as auth-api does, and serves the keys to check them with. */
public final class TestIssuer {
    public static final String URL = "https://sign-in.example";
    public static final ECKey KEY = key("key-1");
    private static final String JWKS = serve(new JWKSet(KEY.toPublicJWK()).toString());

    private TestIssuer() {}

    public static String jwksUrl() {
        return JWKS;
    }

    /** A token that may read a tenant's events. */
    public static String reader(String tenant) {
        return token(claims -> claims.claim("tenant", tenant));
    }

    /** A token that may read tenant {@code default}, but for what is changed. */
    public static String token(Consumer<JWTClaimsSet.Builder> change) {
        return signed(header("at+jwt"), claims(change), signer(KEY));
    }

    public static JWSHeader header(String type) {
        return new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType(type))
                .keyID(KEY.getKeyID())
                .build();
    }

    public static JWTClaimsSet claims(Consumer<JWTClaimsSet.Builder> change) {
        var now = Clock.systemUTC().instant();
        var claims =
                new JWTClaimsSet.Builder()
                        .issuer(URL)
                        .subject("app_01jv0000000000000000000000")
                        .audience(List.of(URL, "app_01jv0000000000000000000000"))
                        .claim("client_id", "app_01jv0000000000000000000000")
                        .claim("tenant", "default")
                        .claim("scope", "openid audit.read")
                        .jwtID("jti-1")
                        .claim("iat", now.getEpochSecond())
                        .claim("exp", now.plus(Duration.ofMinutes(10)).getEpochSecond());
        change.accept(claims);
        return claims.build();
    }

    public static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) {
        try {
            var jwt = new SignedJWT(header, claims);
            jwt.sign(signer);
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    public static ECDSASigner signer(ECKey key) {
        try {
            return new ECDSASigner(key);
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    public static ECKey key(String kid) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(kid).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static String serve(String jwks) {
        try {
            var server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext(
                    "/oauth2/jwks",
                    exchange -> {
                        var body = jwks.getBytes(StandardCharsets.UTF_8);
                        exchange.getResponseHeaders().add("Content-Type", "application/json");
                        exchange.sendResponseHeaders(200, body.length);
                        exchange.getResponseBody().write(body);
                        exchange.close();
                    });
            server.start();
            return "http://localhost:" + server.getAddress().getPort() + "/oauth2/jwks";
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
