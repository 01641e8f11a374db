package io.latchkey.standalone;

import io.latchkey.audit.tlog.SignerKey;
import io.latchkey.events.AppId;
import io.latchkey.events.secret.KeyRing;
import io.latchkey.events.secret.SubjectKey;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.core.env.Environment;

/**
 * Every key, token and password of a standalone. Generated once and kept in the file {@code keys}
 * of the home directory; a setting of the same name, such as the environment variable {@code
 * LATCHKEY_ADMIN_TOKEN}, is used instead of the file and not written to it.
 *
 * @param keys the ring of {@code LATCHKEY_KEYS}
 * @param mailKeys the ring of {@code LATCHKEY_MAIL_KEYS}, derived from {@code keys}
 * @param generated names of those that were made just now
 */
record Secrets(
        String keys,
        String mailKeys,
        String subjectKey,
        String adminToken,
        String mailAdminToken,
        String auditToken,
        String checkpointKey,
        AppId demoClientId,
        String demoClientSecret,
        DatabasePasswords database,
        VendorCredentials vendors,
        Set<String> generated) {
    static final String ADMIN_TOKEN = "LATCHKEY_ADMIN_TOKEN";
    static final String AUDIT_TOKEN = "LATCHKEY_AUDIT_TOKEN";
    private static final int SECRET_BYTES = 32;

    /** Of the embedded database. */
    record DatabasePasswords(String administrator, String auth, String audit) {
        @Override
        public String toString() {
            return "DatabasePasswords";
        }
    }

    /** What clients of other vendors' APIs use to call the demo app. */
    record VendorCredentials(
            String stytchProjectId,
            String stytchSecret,
            String mosaicClientId,
            String mosaicClientSecret,
            String authsignalSecretKey) {
        @Override
        public String toString() {
            return "VendorCredentials";
        }
    }

    /**
     * Reads the file and completes it.
     *
     * @throws StartFailure if a ring, key or id cannot be read
     */
    static Secrets load(NamedValues file, Environment environment) {
        var source = new Source(file, environment, new HashSet<>());
        try {
            var keys = source.get("LATCHKEY_KEYS", () -> KeyRing.generate("k001"));
            var subjectKey = source.get("LATCHKEY_SUBJECT_KEY", Secrets::random);
            SubjectKey.parse(subjectKey);
            return new Secrets(
                    keys,
                    source.get("LATCHKEY_MAIL_KEYS", KeyRing.parse(keys)::formatMailKeys, false),
                    subjectKey,
                    source.get(ADMIN_TOKEN, Secrets::random),
                    source.get("LATCHKEY_MAIL_ADMIN_TOKEN", Secrets::random),
                    source.get(AUDIT_TOKEN, Secrets::random),
                    source.get(
                            "LATCHKEY_CHECKPOINT_KEY",
                            () -> SignerKey.generate(new SecureRandom())),
                    AppId.parse(
                            source.get("LATCHKEY_DEMO_CLIENT_ID", () -> AppId.next().toString())),
                    source.get("LATCHKEY_DEMO_CLIENT_SECRET", Secrets::random),
                    databasePasswords(source),
                    vendorCredentials(source),
                    Set.copyOf(source.generated()));
        } catch (IllegalArgumentException e) {
            throw new StartFailure("the keys of this installation: " + e.getMessage(), e);
        }
    }

    private static DatabasePasswords databasePasswords(Source source) {
        return new DatabasePasswords(
                source.get("LATCHKEY_DATABASE_ADMIN_PASSWORD", Secrets::random),
                source.get("LATCHKEY_DATABASE_AUTH_PASSWORD", Secrets::random),
                source.get("LATCHKEY_DATABASE_AUDIT_PASSWORD", Secrets::random));
    }

    /** In the shapes that the vendors' own client libraries know. */
    private static VendorCredentials vendorCredentials(Source source) {
        return new VendorCredentials(
                source.get("LATCHKEY_STYTCH_PROJECT_ID", () -> "project-test-" + UUID.randomUUID()),
                source.get("LATCHKEY_STYTCH_SECRET", () -> "secret-test-" + random()),
                source.get("LATCHKEY_MOSAIC_CLIENT_ID", () -> "mosaic-" + UUID.randomUUID()),
                source.get("LATCHKEY_MOSAIC_CLIENT_SECRET", Secrets::random),
                source.get("LATCHKEY_AUTHSIGNAL_SECRET_KEY", Secrets::random));
    }

    private static String random() {
        var bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "Secrets";
    }

    private record Source(NamedValues file, Environment environment, Set<String> generated) {
        String get(String name, Supplier<String> generator) {
            return get(name, generator, true);
        }

        String get(String name, Supplier<String> generator, boolean kept) {
            var configured = environment.getProperty(property(name), "");
            if (!configured.isBlank()) {
                return configured;
            }
            if (!kept) {
                return generator.get();
            }
            if (file.get(name).isEmpty()) {
                generated.add(name);
            }
            return file.keep(name, generator);
        }

        /** {@code LATCHKEY_ADMIN_TOKEN} is {@code latchkey.admin-token}. */
        private static String property(String name) {
            return name.toLowerCase(Locale.ROOT).replace('_', '-').replaceFirst("-", ".");
        }
    }
}
