package io.latchkey.audit.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdbcUrlTest {
    @ParameterizedTest
    @CsvSource({
        "r2dbc:postgresql://db:5432/latchkey, jdbc:postgresql://db:5432/latchkey",
        "r2dbc:postgresql://db/latchkey, jdbc:postgresql://db/latchkey",
        "r2dbc:pool:postgresql://me:pass@db:5432/a, jdbc:postgresql://db:5432/a",
        "'r2dbc:postgresql:failover://one:1,two:2/a', 'jdbc:postgresql://one:1,two:2/a'",
        "r2dbc:postgresql://db/a?sslMode=verify-full&schema=x&sslRootCert=/ca.pem,"
                + "jdbc:postgresql://db/a?sslmode=verify-full&sslrootcert=/ca.pem"
    })
    void namesTheSameDatabase(String r2dbc, String jdbc) {
        assertThat(JdbcUrl.of(r2dbc)).isEqualTo(jdbc);
    }

    @Test
    void anotherDatabaseIsRefusedWithoutRepeatingItsPassword() {
        assertThatThrownBy(() -> JdbcUrl.of("r2dbc:mysql://me:secret@db/a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("spring.r2dbc.url")
                .hasMessageNotContaining("secret");
    }
}
