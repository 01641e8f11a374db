package io.latchkey.auth.token.postgres;

import static io.latchkey.auth.platform.Database.get;
import static io.latchkey.auth.platform.Database.text;

import io.latchkey.auth.outbox.Changed;
import io.latchkey.auth.outbox.WrittenEvents;
import io.latchkey.auth.platform.Database;
import io.latchkey.auth.token.PublishedKey;
import io.latchkey.auth.token.SigningKey;
import io.latchkey.auth.token.SigningKeyStore;
import io.latchkey.events.AdminActed;
import io.latchkey.events.secret.KeyRing;
import io.latchkey.events.secret.RingCipher;
import io.latchkey.events.wire.CloudEventCodec;
import io.r2dbc.spi.Readable;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@Repository
class PostgresSigningKeyStore implements SigningKeyStore {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresSigningKeyStore.class);

    private static final String ALL =
            """
            SELECT kid, public_key, private_key,
                   created_at <= now() - make_interval(secs => :publish_before) AS signs
              FROM auth.signing_key
             ORDER BY created_at DESC, kid
            """;

    private static final String ADD_FIRST =
            """
            INSERT INTO auth.signing_key (kid, public_key, private_key, is_first)
            VALUES (:kid, :public_key, :private_key, true)
            ON CONFLICT (is_first) DO NOTHING
            """;

    private static final String REPLACE_NEWEST =
            """
            WITH newest AS (
                SELECT k.kid, k.created_at FROM auth.signing_key k
                 WHERE NOT EXISTS (SELECT FROM auth.signing_key n WHERE n.replaces = k.kid)
                 ORDER BY k.created_at DESC, k.kid LIMIT 1
            ), added AS (
                INSERT INTO auth.signing_key (kid, public_key, private_key, replaces)
                SELECT :kid, :public_key, :private_key, newest.kid
                  FROM newest
                 WHERE newest.created_at <= now() - make_interval(secs => :older_than)
                ON CONFLICT (replaces) DO NOTHING
                RETURNING kid
            ), events AS (
                INSERT INTO auth.outbox (topic, type, data)
                SELECT 'latchkey.security-events', 'io.latchkey.AdminActed.v1', :event::jsonb
                  FROM added WHERE :event::text IS NOT NULL
                RETURNING *
            )
            SELECT kid, (SELECT jsonb_agg(auth.as_published(e)) FROM events e)::text AS events
              FROM added
            """;

    private static final String ENCRYPT_ANEW =
            """
            UPDATE auth.signing_key SET private_key = :private_key
             WHERE kid = :kid AND private_key = :was
            """;

    private static final String FORGET =
            """
            DELETE FROM auth.signing_key k
             WHERE EXISTS (SELECT FROM auth.signing_key n
                            WHERE n.created_at > k.created_at
                              AND n.created_at < now() - make_interval(secs => :replaced_before))
            """;

    private final Database database;
    private final RingCipher cipher;
    private final KeyRing ring;
    private final CloudEventCodec codec;

    PostgresSigningKeyStore(
            Database database, RingCipher cipher, KeyRing ring, CloudEventCodec codec) {
        this.ring = ring;
        this.database = database;
        this.cipher = cipher;
        this.codec = codec;
    }

    @Override
    public Mono<List<PublishedKey>> all(Duration publishBefore) {
        return database.all(ALL, Map.of("publish_before", seconds(publishBefore)), this::read)
                .flatMapSequential(Mono::justOrEmpty)
                .collectList()
                .flatMap(found -> encryptAnew(found).thenReturn(found))
                .map(found -> found.stream().map(Kept::published).toList());
    }

    @Override
    public Mono<Void> addFirst(SigningKey key) {
        return database.run(ADD_FIRST, values(key)).then();
    }

    @Override
    public Mono<Changed<SigningKey>> replaceNewest(
            SigningKey key, Duration olderThan, @Nullable AdminActed event) {
        var values = values(key);
        values.put("older_than", seconds(olderThan));
        values.put("event", text(event == null ? null : codec.data(event)));
        return database.one(
                REPLACE_NEWEST,
                values,
                row -> new Changed<>(key, WrittenEvents.parse(row.get("events", String.class))));
    }

    @Override
    public Mono<Long> forget(Duration replacedBefore) {
        return database.run(FORGET, Map.of("replaced_before", seconds(replacedBefore)));
    }

    /**
     * Whoever is first; the others find another value than they have read. A failure harms nothing
     * now: the key was read.
     */
    private Mono<Void> encryptAnew(List<Kept> found) {
        return Flux.fromIterable(found)
                .filter(kept -> !RingCipher.kid(kept.encrypted().array()).equals(ring.currentKid()))
                .concatMap(
                        kept ->
                                database.run(
                                        ENCRYPT_ANEW,
                                        Map.of(
                                                "kid", kept.published().key().kid(),
                                                "private_key", encrypted(kept.published().key()),
                                                "was", kept.encrypted())))
                .onErrorResume(
                        error -> {
                            LOG.atWarn()
                                    .addKeyValue("cause", error.getClass().getSimpleName())
                                    .log("Signing keys could not be encrypted anew");
                            return Mono.empty();
                        })
                .then();
    }

    private Map<String, Object> values(SigningKey key) {
        var values = new HashMap<String, Object>();
        values.put("kid", key.kid());
        values.put("public_key", ByteBuffer.wrap(key.publicKey().getEncoded()));
        values.put("private_key", encrypted(key));
        return values;
    }

    private ByteBuffer encrypted(SigningKey key) {
        return ByteBuffer.wrap(cipher.encrypt(key.privateKey().getEncoded(), purpose(key.kid())));
    }

    private static int seconds(Duration duration) {
        return Math.toIntExact(duration.toSeconds());
    }

    /** A key and how it is kept. */
    private record Kept(PublishedKey published, ByteBuffer encrypted) {}

    private Optional<Kept> read(Readable row) {
        var kid = get(row, "kid", String.class);
        try {
            var keys = KeyFactory.getInstance("EC");
            var encrypted = bytes(row, "private_key");
            var key =
                    new SigningKey(
                            kid,
                            (ECPublicKey)
                                    keys.generatePublic(
                                            new X509EncodedKeySpec(bytes(row, "public_key"))),
                            (ECPrivateKey)
                                    keys.generatePrivate(
                                            new PKCS8EncodedKeySpec(
                                                    cipher.decrypt(encrypted, purpose(kid)))));
            if (!key.isGenuine()) {
                throw new IllegalStateException("another public key than its kid says");
            }
            return Optional.of(
                    new Kept(
                            new PublishedKey(key, get(row, "signs", Boolean.class)),
                            ByteBuffer.wrap(encrypted)));
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
