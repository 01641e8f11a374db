package io.latchkey.audit.tlog;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * The log's own key. Its text is the base64url of 64 bytes, seed and public key, as other Ed25519
 * libraries write it, too; it belongs outside the database, or whoever edits that can sign as well.
 */
public final class SignerKey {
    private static final int HALF = 32;
    private static final String PROBE = "probe\n";

    private final PrivateKey seed;
    private final VerifierKey verifier;

    private SignerKey(PrivateKey seed, VerifierKey verifier) {
        this.seed = seed;
        this.verifier = verifier;
    }

    /**
     * @param name of the log
     * @param text as {@link #generate} gave it
     * @throws IllegalArgumentException if it is no such key; the message does not repeat it
     */
    public static SignerKey parse(String name, String text) {
        var bytes = decode(text);
        if (bytes.length != 2 * HALF) {
            throw new IllegalArgumentException("expected: base64url of 64 bytes");
        }
        try {
            var seed =
                    KeyFactory.getInstance("Ed25519")
                            .generatePrivate(
                                    new EdECPrivateKeySpec(
                                            NamedParameterSpec.ED25519,
                                            Arrays.copyOf(bytes, HALF)));
            var verifier = new VerifierKey(name, Arrays.copyOfRange(bytes, HALF, 2 * HALF));
            var key = new SignerKey(seed, verifier);
            if (key.sign(PROBE).textSignedBy(verifier).isEmpty()) {
                throw new IllegalArgumentException("its halves do not belong together");
            }
            return key;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no Ed25519 key", e);
        }
    }

    private static byte[] decode(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("expected: base64url of 64 bytes");
        }
    }

    /** A new key, as text. */
    public static String generate(SecureRandom random) {
        try {
            var generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, random);
            var pair = generator.generateKeyPair();
            var seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
            var encoded = pair.getPublic().getEncoded();
            var both = Arrays.copyOf(seed, 2 * HALF);
            System.arraycopy(encoded, encoded.length - HALF, both, HALF, HALF);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(both);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has Ed25519", e);
        }
    }

    public VerifierKey verifierKey() {
        return verifier;
    }

    public SignedNote sign(String text) {
        try {
            var signer = Signature.getInstance("Ed25519");
            signer.initSign(seed);
            signer.update(text.getBytes(StandardCharsets.UTF_8));
            return new SignedNote(
                    text, List.of(NoteSignature.of(verifier.name(), verifier.id(), signer.sign())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign", e);
        }
    }

    @Override
    public String toString() {
        return "SignerKey[" + verifier.name() + "]";
    }
}
