package io.latchkey.auth.token.postgres;

import static io.latchkey.auth.platform.Database.get;

import io.latchkey.auth.platform.Database;
import io.latchkey.auth.token.SigningKey;
import io.latchkey.auth.token.SigningKeyStore;
import io.latchkey.events.secret.RingCipher;
import io.r2dbc.spi.Readable;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

@Repository
class PostgresSigningKeyStore implements SigningKeyStore {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresSigningKeyStore.class);

    private static final String ALL =
            "SELECT kid, public_key, private_key FROM auth.signing_key ORDER BY created_at DESC, kid";

    private static final String ADD =
            """
            INSERT INTO auth.signing_key (kid, public_key, private_key, is_first)
            VALUES (:kid, :public_key, :private_key, CASE WHEN :is_first THEN true END)
            ON CONFLICT (is_first) DO NOTHING
            """;

    private final Database database;
    private final RingCipher cipher;

    PostgresSigningKeyStore(Database database, RingCipher cipher) {
        this.database = database;
        this.cipher = cipher;
    }

    @Override
    public Mono<List<SigningKey>> all() {
        return database.all(ALL, Map.of(), this::read)
                .collectList()
                .map(found -> found.stream().flatMap(Optional::stream).toList());
    }

    @Override
    public Mono<Void> addFirst(SigningKey key) {
        return add(key, true);
    }

    @Override
    public Mono<Void> add(SigningKey key) {
        return add(key, false);
    }

    private Mono<Void> add(SigningKey key, boolean first) {
        var privateKey = cipher.encrypt(key.privateKey().getEncoded(), purpose(key.kid()));
        return database.run(
                        ADD,
                        Map.of(
                                "kid", key.kid(),
                                "public_key", ByteBuffer.wrap(key.publicKey().getEncoded()),
                                "private_key", ByteBuffer.wrap(privateKey),
                                "is_first", first))
                .then();
    }

    private Optional<SigningKey> read(Readable row) {
        var kid = get(row, "kid", String.class);
        try {
            var keys = KeyFactory.getInstance("EC");
            var publicKey = new X509EncodedKeySpec(bytes(row, "public_key"));
            var privateKey =
                    new PKCS8EncodedKeySpec(
                            cipher.decrypt(bytes(row, "private_key"), purpose(kid)));
            return Optional.of(
                    new SigningKey(
                            kid,
                            (ECPublicKey) keys.generatePublic(publicKey),
                            (ECPrivateKey) keys.generatePrivate(privateKey)));
        } catch (IllegalArgumentException | IllegalStateException | GeneralSecurityException e) {
            LOG.atWarn()
                    .addKeyValue("kid", kid)
                    .addKeyValue("cause", e.getMessage())
                    .log("A signing key cannot be used");
            return Optional.empty();
        }
    }

    private static String purpose(String kid) {
        return "signing-key " + kid;
    }

    private static byte[] bytes(Readable row, String column) {
        return get(row, column, byte[].class);
    }
}
