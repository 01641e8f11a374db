package io.latchkey.mail.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Secrets that an operator keeps in a file, as orchestrators mount them. */
public final class SecretFile {
    private SecretFile() {}

    /**
     * Its one line, without what surrounds it.
     *
     * @param setting that names the file
     * @throws UnusableSettingException if it cannot be read or is empty
     */
    public static String read(Path file, String setting) {
        String secret;
        try {
            secret = Files.readString(file).strip();
        } catch (IOException e) {
            throw new UnusableSettingException(
                    setting, new IllegalArgumentException("the file cannot be read", e));
        }
        if (secret.isEmpty()) {
            throw new UnusableSettingException(
                    setting, new IllegalArgumentException("the file is empty"));
        }
        return secret;
    }
}
