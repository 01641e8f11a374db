package io.latchkey.mail.bounce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailboxPropertiesTest {
    @Test
    void withoutAHostThereIsNoMailbox() {
        assertThat(properties("", "", "", "").isConfigured()).isFalse();
    }

    @Test
    void aMailboxNeedsAUserAndOnePassword() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> properties("mail.example", "", "secret", ""))
                .withMessageContaining("user");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> properties("mail.example", "bounces", "", ""))
                .withMessageContaining("one of both");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> properties("mail.example", "bounces", "secret", "/a/file"))
                .withMessageContaining("one of both")
                .withMessageNotContaining("secret");
    }

    @Test
    void thePasswordIsTheFirstLineOfItsFileAsItIsNow(@TempDir Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("password"), "first\n");
        var properties = properties("mail.example", "bounces", "", file.toString());
        assertThat(properties.currentPassword()).isEqualTo("first");

        Files.writeString(file, "second");

        assertThat(properties.currentPassword()).isEqualTo("second");
        assertThat(properties("mail.example", "bounces", "given", "").currentPassword())
                .isEqualTo("given");
    }

    @Test
    void thePasswordIsNotShown() {
        assertThat(properties("mail.example", "bounces", "secret", "").toString())
                .doesNotContain("secret");
    }

    private static MailboxProperties properties(
            String host, String user, String password, String file) {
        return new MailboxProperties(
                host, 0, "imaps", user, password, file, "INBOX", Duration.ofSeconds(30), false);
    }
}
