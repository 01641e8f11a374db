package io.latchkey.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.events.secret.KeyRing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;

class SecretsTest {
    @TempDir Path directory;
    private Home home;

    @BeforeEach
    void open() {
        home = Home.open(directory);
    }

    @AfterEach
    void close() throws Exception {
        home.close();
    }

    @Test
    void areMadeOnceAndKept() {
        var first = load(new MockEnvironment());

        var second = load(new MockEnvironment());

        assertThat(first.generated()).contains("LATCHKEY_ADMIN_TOKEN", "LATCHKEY_AUDIT_TOKEN");
        assertThat(second.generated()).isEmpty();
        assertThat(second.keys()).isEqualTo(first.keys());
        assertThat(second.adminToken()).isEqualTo(first.adminToken()).hasSize(43);
        assertThat(second.demoClientId()).isEqualTo(first.demoClientId());
        assertThat(second.vendors()).isEqualTo(first.vendors());
        assertThat(first.mailKeys()).isEqualTo(KeyRing.parse(first.keys()).formatMailKeys());
    }

    @Test
    void whatIsConfiguredIsNotCalledGenerated() {
        var environment =
                new MockEnvironment()
                        .withProperty("latchkey.audit-token", "a-token-of-the-operator");

        var secrets = load(environment);

        assertThat(secrets.auditToken()).isEqualTo("a-token-of-the-operator");
        assertThat(secrets.generated())
                .contains("LATCHKEY_ADMIN_TOKEN")
                .doesNotContain("LATCHKEY_AUDIT_TOKEN");
    }

    @Test
    void lieInAFileThatAShellCanReadAndNobodyElse() throws Exception {
        var secrets = load(new MockEnvironment());

        var file = directory.resolve("keys");
        assertThat(Files.readAllLines(file))
                .contains(
                        "LATCHKEY_KEYS=" + secrets.keys(),
                        "LATCHKEY_AUDIT_TOKEN=" + secrets.auditToken(),
                        "LATCHKEY_DEMO_CLIENT_ID=" + secrets.demoClientId())
                .allMatch(line -> line.matches("[A-Z_]+=[A-Za-z0-9_:-]+"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void settingsComeBeforeTheFileAndAreNotWrittenToIt() throws Exception {
        var environment = new MockEnvironment().withProperty("latchkey.admin-token", "mine");

        var secrets = load(environment);

        assertThat(secrets.adminToken()).isEqualTo("mine");
        assertThat(directory.resolve("keys")).content().doesNotContain("ADMIN_TOKEN=mine");
    }

    @Test
    void nothingOfThemIsInTheirText() {
        var secrets = load(new MockEnvironment());

        assertThat(secrets + " " + secrets.database() + " " + secrets.vendors())
                .doesNotContain(secrets.keys(), secrets.adminToken(), secrets.demoClientSecret())
                .doesNotContain(secrets.database().auth(), secrets.vendors().stytchSecret());
    }

    @Test
    void anUnreadableRingIsNamedButNotRepeated() {
        var environment = new MockEnvironment().withProperty("latchkey.keys", "k001:short");

        assertThatThrownBy(() -> load(environment))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("key ring, entry 1")
                .hasMessageNotContaining("short");
    }

    @Test
    void aBrokenLineOfTheFileIsNamedButNotRepeated() throws Exception {
        Files.writeString(directory.resolve("keys"), "LATCHKEY_ADMIN_TOKEN=x\nsecret\n");

        assertThatThrownBy(() -> load(new MockEnvironment()))
                .isInstanceOf(StartFailure.class)
                .hasMessageEndingWith("keys, line 2 (expected: NAME=value)");
    }

    private Secrets load(MockEnvironment environment) {
        return Secrets.load(NamedValues.read(home, "keys"), environment);
    }
}
