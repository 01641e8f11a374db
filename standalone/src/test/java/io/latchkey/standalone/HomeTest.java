package io.latchkey.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
    @TempDir Path directory;

    @Test
    void isTheOwnersAlone() throws Exception {
        var path = directory.resolve("home");

        try (var home = Home.open(path)) {
            home.write("secret", "x");
        }

        assertThat(permissions(path)).isEqualTo("rwx------");
        assertThat(permissions(path.resolve("secret"))).isEqualTo("rw-------");
        assertThat(path.resolve("secret")).hasContent("x");
    }

    @Test
    void servesOneStandaloneAtATime() throws Exception {
        var first = Home.open(directory);

        assertThatThrownBy(() -> Home.open(directory))
                .isInstanceOf(StartFailure.class)
                .hasMessage(directory + " is in use by another standalone");

        first.close();
        Home.open(directory).close();
    }

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
