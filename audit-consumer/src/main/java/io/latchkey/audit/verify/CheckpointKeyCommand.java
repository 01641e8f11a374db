package io.latchkey.audit.verify;

import io.latchkey.audit.tlog.SignerKey;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/** {@code checkpoint-key} prints a new key for {@code LATCHKEY_CHECKPOINT_KEY}. */
public final class CheckpointKeyCommand {
    public static final String NAME = "checkpoint-key";

    /** Exit code 0. */
    @SuppressWarnings("SystemOut") // a command answers on standard output
    public int run() {
        new PrintWriter(System.out, true, StandardCharsets.UTF_8)
                .println(SignerKey.generate(new SecureRandom()));
        return 0;
    }
}
