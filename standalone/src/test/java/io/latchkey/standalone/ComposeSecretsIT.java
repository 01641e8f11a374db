package io.latchkey.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.latchkey.events.AppId;
import io.latchkey.events.secret.KeyRing;
import io.latchkey.events.secret.SubjectKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code compose/env}: the secrets of an installation. */
class ComposeSecretsIT {
    @TempDir Path directory;

    @Test
    void theyAreMadeOnceForTheOwnersEyesOnly() throws Exception {
        var project = new ComposeProject(directory);

        project.makeSecrets();
        var made = project.secrets();
        project.makeSecrets();

        assertThat(project.secrets()).isEqualTo(made);
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(directory.resolve("env"))))
                .isEqualTo("rw-------");
        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("env", "docker.err");
        assertThat(made.values()).doesNotHaveDuplicates().allMatch(value -> value.length() >= 30);
    }

    @Test
    void theyAreWhatTheServicesExpect() throws Exception {
        var project = new ComposeProject(directory);

        project.makeSecrets();

        var made = project.secrets();
        assertThat(made.get("LATCHKEY_MAIL_KEYS"))
                .isEqualTo(KeyRing.parse(made.get("LATCHKEY_KEYS")).formatMailKeys());
        SubjectKey.parse(made.get("LATCHKEY_SUBJECT_KEY"));
        var app = AppId.parse(made.get("LATCHKEY_DEMO_CLIENT_ID")).value();
        assertThat(app.version()).isEqualTo(7);
        assertThat(app.variant()).isEqualTo(2);
        assertThat(Instant.ofEpochMilli(app.getMostSignificantBits() >>> 16))
                .isCloseTo(
                        Files.getLastModifiedTime(directory.resolve("env")).toInstant(),
                        within(1, ChronoUnit.MINUTES));
    }
}
