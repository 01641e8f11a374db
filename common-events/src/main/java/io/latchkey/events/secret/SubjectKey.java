package io.latchkey.events.secret;

import io.latchkey.events.EmailAddress;
import io.latchkey.events.Subject;
import java.nio.charset.StandardCharsets;
import javax.crypto.SecretKey;

/**
 * Keys the hashes that stand for an address. Never rotated: a new key would make strangers of all
 * known addresses.
 */
public final class SubjectKey {
    /** In neither a tenant's name nor an address: no two pairs give the same bytes. */
    private static final char END_OF_TENANT = '\0';

    private final SecretKey key;

    private SubjectKey(SecretKey key) {
        this.key = key;
    }

    /**
     * Reads the value of {@code LATCHKEY_SUBJECT_KEY}: base64url of 32 bytes.
     *
     * @throws IllegalArgumentException for anything else; the message does not repeat it
     */
    public static SubjectKey parse(String text) {
        return Base64Url.decode(text.strip(), Hmac.LENGTH)
                .map(bytes -> new SubjectKey(Hmac.key(bytes)))
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "subject key (expected: 32 bytes as base64url, 43 characters)"));
    }

    /** What stands for the address in events and in the audit trail; the same for all tenants. */
    public Subject subject(EmailAddress address) {
        return new Subject(hash("", address));
    }

    /** What a tenant's apps know the address by; different per tenant. */
    public String persistentId(String tenant, EmailAddress address) {
        if (tenant.isEmpty() || tenant.indexOf(END_OF_TENANT) >= 0) {
            throw new IllegalArgumentException("tenant (expected: a name, without NUL)");
        }
        return hash(tenant, address);
    }

    /**
     * What stands for another name of somebody where it is counted, and for the somebody where
     * there is none.
     *
     * @param type without NUL
     */
    public String name(String type, String value) {
        // No tenant and no address begins like this.
        return hash("" + END_OF_TENANT + END_OF_TENANT + type + END_OF_TENANT + value);
    }

    private String hash(String tenant, EmailAddress address) {
        return hash(tenant + END_OF_TENANT + address.value());
    }

    private String hash(String statement) {
        return Base64Url.encode(Hmac.sha256(key, statement.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public String toString() {
        return "SubjectKey";
    }
}
