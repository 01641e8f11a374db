package io.latchkey.auth.token;

import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.RunningAuthApi.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.auth.Backend;
import io.latchkey.auth.Browser;
import io.latchkey.auth.Person;
import io.latchkey.auth.RunningAuthApi;
import io.latchkey.events.LinkId;
import io.latchkey.events.secret.KeyRing;
import io.latchkey.events.secret.LinkToken;
import io.latchkey.events.secret.RingCipher;
import io.latchkey.testing.TestDatabase;
import io.latchkey.testing.TestPostgres;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** The key ring rotates by configuration: added first, removed last. */
class RingRotationIT {
    private static final String OLD = KeyRing.generate("r001");
    private static final String NEW = KeyRing.generate("r002");
    private final TestDatabase database = TestPostgres.database("ring");
    private final int port = RunningAuthApi.freePort();

    @Test
    void oldEntriesStayGoodUntilTheyAreRemoved() throws SQLException {
        LinkId oldLink;
        JsonNode oldSession;
        String oldToken;
        List<String> signingKeys;
        try (var node = new Node(OLD)) {
            oldLink = node.backend.link(newAddress());
            oldSession = node.signIn(OLD);
            oldToken = node.ownToken();
            signingKeys = node.signingKeys();
        }

        try (var node = new Node(NEW + "," + OLD)) {
            assertThat(node.open(oldLink, OLD)).isEqualTo(200);
            oldSession = Backend.tokens(node.backend.refresh(refreshToken(oldSession)));
            assertThat(node.open(node.backend.link(newAddress()), NEW)).isEqualTo(200);
            var session = node.signIn(NEW);
            assertThat(node.backend.refresh(refreshToken(session)).statusCode()).isEqualTo(200);
            assertThat(node.signingKeys()).isEqualTo(signingKeys);
            leaveAKeyUnderTheOldEntry();
        }

        try (var node = new Node(NEW)) {
            assertThat(node.open(oldLink, OLD)).isEqualTo(404);
            assertThat(node.backend.refresh(refreshToken(oldSession)).statusCode()).isEqualTo(400);
            // Encrypted anew by the node before: whoever checks a signature is not signed out.
            assertThat(node.signingKeys()).isEqualTo(signingKeys);
            assertThat(node.isAccepted(oldToken)).isTrue();
        }
    }

    @Test
    void withoutARingNothingStarts() {
        for (var ring : List.of("", "r001:short")) {
            assertThatThrownBy(() -> new Node(ring))
                    .satisfies(
                            error ->
                                    assertThat(root(error).getMessage())
                                            .contains("keys")
                                            .doesNotContain("short"));
        }
    }

    /** As a node leaves it that still has another first entry. */
    private void leaveAKeyUnderTheOldEntry() throws SQLException {
        var key = SigningKey.next();
        var encrypted =
                new RingCipher(KeyRing.parse(OLD))
                        .encrypt(key.privateKey().getEncoded(), "signing-key " + key.kid());
        try (var connection =
                        DriverManager.getConnection(
                                database.jdbcUrl(), database.username(), database.password());
                var insert =
                        connection.prepareStatement(
                                "INSERT INTO auth.signing_key (kid, public_key, private_key)"
                                        + " VALUES (?, ?, ?)")) {
            insert.setString(1, key.kid());
            insert.setBytes(2, key.publicKey().getEncoded());
            insert.setBytes(3, encrypted);
            insert.executeUpdate();
        }
    }

    private static Throwable root(Throwable error) {
        var root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** A node of an installation of its own. */
    private final class Node implements AutoCloseable {
        final ConfigurableApplicationContext context;
        final Browser browser = new Browser("http://localhost:" + port);
        final Backend backend = new Backend(APP, "http://localhost:" + port);

        Node(String ring) {
            context =
                    RunningAuthApi.get()
                            .startNode(
                                    port,
                                    "ring-node",
                                    "--latchkey.keys=" + ring,
                                    "--latchkey.public-url=http://localhost:" + port,
                                    "--spring.kafka.consumer.group-id=ring",
                                    "--spring.r2dbc.url=" + database.r2dbcUrl(),
                                    "--spring.r2dbc.username=" + database.username(),
                                    "--spring.r2dbc.password=" + database.password());
        }

        int open(LinkId link, String ring) {
            return browser.get(path(link, ring)).statusCode();
        }

        JsonNode signIn(String ring) {
            var link = backend.link(newAddress());
            var field = Browser.field(browser.get(path(link, ring)));
            var pressed = browser.postForm(path(link, ring), Map.of("_csrf", field));
            return Backend.tokens(backend.redeem(Person.code(pressed)));
        }

        String ownToken() {
            var answer = backend.token(Map.of("grant_type", "client_credentials"));
            return Backend.tokens(answer).required("access_token").stringValue();
        }

        boolean isAccepted(String token) {
            return browser.get("/api/v1/users?limit=1", "Authorization", "Bearer " + token)
                            .statusCode()
                    == 200;
        }

        List<String> signingKeys() {
            var kids = new ArrayList<String>();
            Browser.json(browser.get("/oauth2/jwks"))
                    .required("keys")
                    .forEach(key -> kids.add(key.required("kid").stringValue()));
            return kids;
        }

        private static String path(LinkId link, String ring) {
            var keys = KeyRing.parse(ring);
            return "/l/" + LinkToken.of(link, keys.currentKid(), keys.mail());
        }

        @Override
        public void close() {
            backend.close();
            browser.close();
            context.close();
        }
    }

    private static String refreshToken(JsonNode tokens) {
        return tokens.required("refresh_token").stringValue();
    }
}
