package io.latchkey.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.latchkey.standalone.DemoClient.ReceivedMail;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The services in containers, as {@code docker compose up} starts them, with three workers. */
class ComposeIT {
    private static final int WORKERS = 3;
    private static final List<String> SERVICES =
            List.of("auth-api", "mail-worker", "audit-consumer", "postgres", "kafka", "maildev");
    private static final Pattern USER = Pattern.compile("(?m)^Uid:\\s+(\\d+)");

    @TempDir static Path directory;
    private static ComposeProject project;
    private static MailCatcher mails;
    private static DemoClient demo;

    @BeforeAll
    static void start() {
        project = new ComposeProject(directory);
        var obstacle = project.obstacle();
        // Not logged: it must be seen whatever the logging is set to.
        obstacle.ifPresent(why -> System.out.println("ComposeIT is skipped: " + why));
        assumeTrue(obstacle.isEmpty(), () -> obstacle.orElseThrow());
        project.start(WORKERS);
        mails = new MailCatcher(project.setting("LATCHKEY_INBOX_PORT"));
        var endpoints =
                Map.of(
                        "auth_url", url("LATCHKEY_AUTH_PORT"),
                        "audit_url", url("LATCHKEY_AUDIT_PORT"),
                        "audit_token", project.setting("LATCHKEY_AUDIT_TOKEN"),
                        "client_id", project.setting("LATCHKEY_DEMO_CLIENT_ID"),
                        "client_secret", project.setting("LATCHKEY_DEMO_CLIENT_SECRET"));
        demo = new DemoClient(JsonMapper.shared().valueToTree(endpoints), mails);
    }

    @AfterAll
    static void stop() {
        if (demo != null) {
            demo.close();
        }
        project.close();
    }

    @Test
    void aLinkLeadsFromTheRequestToASessionAndIntoTheAuditTrail() throws Exception {
        var linkId = demo.requestLink("ada@example.com");

        var redirect = demo.press(demo.awaitMail("ada@example.com").link());
        var tokens = demo.exchange(DemoClient.codeOf(redirect));

        assertThat(redirect.toString()).startsWith(DemoApp.REDIRECT_URI + "?code=");
        var access =
                new TokenVerifier(demo.url("auth_url"))
                        .verify(tokens.get("access_token").stringValue(), "at+jwt");
        assertThat(access.getIssuer()).isEqualTo(demo.url("auth_url"));
        assertThat(access.getAudience()).contains(demo.text("client_id"));
        Awaitility.await("the audit trail")
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(
                        () ->
                                assertThat(demo.auditTypes(linkId))
                                        .containsOnlyOnce(
                                                "LinkRequested", "MailSent", "LinkConfirmed")
                                        // Of our own pages, and of the app.
                                        .filteredOn("SessionIssued"::equals)
                                        .hasSize(2));
    }

    @Test
    void aKilledWorkerLosesNoMail() {
        var addresses =
                IntStream.range(0, 60).mapToObj(i -> "killed-" + i + "@example.com").toList();
        var victim = project.containers("mail-worker").getFirst();

        addresses.subList(0, 30).forEach(demo::requestLink);
        project.run("docker", "kill", victim);
        addresses.subList(30, 60).forEach(demo::requestLink);

        assertThat(project.containers("mail-worker")).hasSize(WORKERS - 1).doesNotContain(victim);
        Awaitility.await("a mail to each")
                .atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(mails.byRecipient()).containsKeys(keys(addresses)));
        // Those that the killed worker had in hand may be repeated, as the same mail.
        assertThat(addresses.stream().map(ComposeIT::messageIds))
                .allSatisfy(ids -> assertThat(ids).hasSize(1))
                .doesNotHaveDuplicates();
    }

    private static List<String> messageIds(String address) {
        return demo.mails(address).stream().map(ReceivedMail::messageId).distinct().toList();
    }

    private static String[] keys(List<String> addresses) {
        return addresses.toArray(String[]::new);
    }

    @Test
    void nothingIsPublishedButPagesAndInboxOnLoopback() {
        var published =
                project.compose("ps", "--format", "json")
                        .lines()
                        .map(JsonMapper.shared()::readTree)
                        .flatMap(container -> container.get("Publishers").valueStream())
                        .filter(port -> port.get("PublishedPort").intValue() != 0)
                        .map(ComposeIT::publication)
                        .toList();

        assertThat(published)
                .containsExactlyInAnyOrder(
                        "127.0.0.1:" + project.setting("LATCHKEY_AUTH_PORT") + " is 8080",
                        "127.0.0.1:" + project.setting("LATCHKEY_AUDIT_PORT") + " is 8082",
                        "127.0.0.1:" + project.setting("LATCHKEY_INBOX_PORT") + " is 1080");
        for (var url : List.of(demo.url("auth_url"), demo.url("audit_url"))) {
            assertThat(demo.get(url + "/actuator/health").statusCode()).isEqualTo(404);
            assertThat(demo.get(url + "/actuator/prometheus").statusCode()).isEqualTo(404);
        }
    }

    private static String publication(JsonNode port) {
        return "%s:%s is %s"
                .formatted(
                        port.get("URL").stringValue(),
                        port.get("PublishedPort"),
                        port.get("TargetPort"));
    }

    @Test
    void nobodyIsRootAndServicesWriteNothing() {
        for (var service : SERVICES) {
            var status = project.compose("exec", "--no-TTY", service, "cat", "/proc/1/status");
            var user = USER.matcher(status);
            assertThat(user.find()).isTrue();
            assertThat(user.group(1)).as(service).isNotEqualTo("0");
            assertThat(status).as(service).containsPattern("CapBnd:\\s+0{16}\n");
        }
        for (var container : project.containers("auth-api", "mail-worker", "audit-consumer")) {
            assertThat(
                            project.run(
                                    "docker",
                                    "inspect",
                                    "--format",
                                    "{{.HostConfig.ReadonlyRootfs}}",
                                    container))
                    .isEqualToIgnoringNewLines("true");
        }
    }

    @Test
    void logsHoldNoSecretAndNoAddress() {
        var linkId = demo.requestLink("secrets@example.com");
        var mail = demo.awaitMail("secrets@example.com");
        var code = DemoClient.codeOf(demo.press(mail.link()));
        var tokens = demo.exchange(code);
        demo.postToken(Map.of("grant_type", "authorization_code", "code", code + "x"));
        demo.get(mail.link() + "x");
        Awaitility.await("the audit trail")
                .until(() -> demo.auditTypes(linkId).contains("SessionIssued"));
        var needles =
                new Needles()
                        .add("link token", mail.link().substring(mail.link().lastIndexOf('/') + 1))
                        .addCode("six-digit code", mail.code())
                        .add("authorization code", code);
        for (var token : List.of("access_token", "refresh_token", "id_token")) {
            needles.add(token, tokens.get(token).stringValue());
        }
        project.secrets()
                .forEach(
                        (name, secret) -> {
                            if (!name.endsWith("_ID")) {
                                // Of a ring, the key without its kid.
                                needles.add(name, secret.replaceFirst("^[a-z0-9]{4}:", ""));
                            }
                        });

        for (var service : SERVICES) {
            var log = project.logs(service);

            assertThat(log).as(service).isNotBlank();
            assertThat(needles.foundIn(log)).as(service).isEmpty();
        }
        assertThat(
                        project.logs(
                                SERVICES.stream()
                                        .filter(service -> !service.equals("maildev"))
                                        .toArray(String[]::new)))
                .doesNotContain("secrets@example.com");
    }

    private static String url(String port) {
        return "http://localhost:" + project.setting(port);
    }
}
