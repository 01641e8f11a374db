package io.latchkey.audit.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
    /** Of the tests of golang.org/x/mod/sumdb/note, where the format comes from. */
    private static final String FOREIGN_KEY =
            "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    private static final String FOREIGN_NOTE =
            """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.

            \u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
            """;

    private final SignerKey signer =
            SignerKey.parse("log.example/audit", SignerKey.generate(new SecureRandom()));
    private final Checkpoint checkpoint =
            new Checkpoint("log.example/audit", 42, TreeHash.ofNothing());

    @Test
    void notesOfOtherImplementationsAreVerified() {
        var key = VerifierKey.parse(FOREIGN_KEY);

        assertThat(SignedNote.parse(FOREIGN_NOTE).textSignedBy(key)).isPresent();
        assertThat(SignedNote.parse(FOREIGN_NOTE.replace("don't", "do")).textSignedBy(key))
                .isEmpty();
        assertThat(SignedNote.parse(FOREIGN_NOTE)).hasToString(FOREIGN_NOTE);
        assertThat(key).hasToString(FOREIGN_KEY);
    }

    @Test
    void aCheckpointIsReadAsItWasSigned() {
        var note = signer.sign(checkpoint.text()).toString();

        var key = VerifierKey.parse(signer.verifierKey().toString());

        assertThat(Checkpoint.open(note, key)).isEqualTo(checkpoint);
        assertThat(note)
                .startsWith(
                        "log.example/audit\n42\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n\u2014 ");
    }

    @Test
    void signaturesOfOthersDoNoHarm() {
        var stranger = SignerKey.parse("other", SignerKey.generate(new SecureRandom()));
        var note =
                signer.sign(checkpoint.text()).toString()
                        + stranger.sign(checkpoint.text()).signatures().getFirst()
                        + "\n";

        assertThat(Checkpoint.open(note, signer.verifierKey())).isEqualTo(checkpoint);
    }

    @Test
    void whatTheKeyDidNotSignIsRefused() {
        var note = signer.sign(checkpoint.text()).toString();
        var sameName = SignerKey.parse("log.example/audit", SignerKey.generate(new SecureRandom()));

        assertThatThrownBy(() -> Checkpoint.open(note, sameName.verifierKey()))
                .hasMessage("not signed by log.example/audit");
        assertThatThrownBy(
                        () ->
                                Checkpoint.open(
                                        note.replace("\n42\n", "\n43\n"), signer.verifierKey()))
                .hasMessage("not signed by log.example/audit");
    }

    @Test
    void aCheckpointOfAnotherLogIsRefusedThoughTheKeySignedIt() {
        var other = new Checkpoint("log.example/other", 42, TreeHash.ofNothing());

        assertThatThrownBy(
                        () ->
                                Checkpoint.open(
                                        signer.sign(other.text()).toString(), signer.verifierKey()))
                .hasMessage("checkpoint of another log");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "log\n",
                "log\n1\n",
                "log\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
                "log\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
                "log\n1\n47DEQpj8HBSa\n",
                "log\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU\n",
                "log\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
                "\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
            })
    void whatIsNoCheckpointIsRefused(String text) {
        assertThatThrownBy(() -> Checkpoint.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "text\n", "text\n\n", "text\n\nsignature\n", "text\n\n\u2014 a b\n"})
    void whatIsNoSignedNoteIsRefused(String note) {
        assertThatThrownBy(() -> SignedNote.parse(note))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aKeyWhoseHalvesDoNotBelongTogetherIsRefusedAndNotRepeated() {
        var text = SignerKey.generate(new SecureRandom());
        var bytes = Base64.getUrlDecoder().decode(text);
        bytes[0] ^= 1;
        var wrong = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);

        assertThatThrownBy(() -> SignerKey.parse("log", wrong))
                .hasMessage("its halves do not belong together");
        assertThatThrownBy(() -> SignerKey.parse("log", "short"))
                .hasMessage("expected: base64url of 64 bytes");
        assertThat(signer.toString()).isEqualTo("SignerKey[log.example/audit]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "PeterNeumann",
                "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "PeterNeumann+c74f20a3+AhpcCQcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "PeterNeumann+c74f20a3+ARpc"
            })
    void whatIsNoVerifierKeyIsRefused(String text) {
        assertThatThrownBy(() -> VerifierKey.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
