package io.latchkey.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void defaultsAreThoseOfTheContract() {
        var standalone = Settings.read().standalone();

        assertThat(standalone)
                .isEqualTo(
                        new StandaloneProperties(
                                Path.of(".latchkey"), null, 8080, 8081, 8082, 8025, 1025));
    }

    @Test
    void theCommandLineIsRead() {
        var settings =
                Settings.read(
                        "--latchkey.auth-port=0", "--spring.r2dbc.url=r2dbc:postgresql://db/x");

        assertThat(settings.standalone().authPort()).isZero();
        assertThat(settings.r2dbcUrl()).contains("r2dbc:postgresql://db/x");
        assertThat(settings.kafkaBootstrapServers()).isEmpty();
    }

    @Test
    void aPortOutOfRangeIsRefused() {
        assertThatThrownBy(() -> Settings.read("--latchkey.inbox-port=70000"))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("LATCHKEY_INBOX_PORT: 70000 (expected: 0 to 65535)");
    }
}
