package io.latchkey.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class EndpointsTest {
    @Test
    void areWrittenInTheSpellingOfTheContract() {
        var vendors =
                new Secrets.VendorCredentials("project-test-1", "secret-test-1", "m", "ms", "a");
        var endpoints =
                new Endpoints(
                        "127.0.0.1:9092",
                        "r2dbc:postgresql://127.0.0.1:5432/latchkey",
                        "http://localhost:8080",
                        "http://localhost:8081",
                        "http://localhost:8082",
                        "http://localhost:8025",
                        1025,
                        "admin",
                        "mail-admin",
                        "audit",
                        "app_1",
                        "secret",
                        Endpoints.vendors(vendors));

        var json = JsonMapper.shared().readTree(endpoints.toJson());

        assertThat(json.propertyNames())
                .isEqualTo(
                        Set.of(
                                "kafka_bootstrap_servers",
                                "r2dbc_url",
                                "auth_url",
                                "mail_url",
                                "audit_url",
                                "inbox_url",
                                "smtp_port",
                                "admin_token",
                                "mail_admin_token",
                                "audit_token",
                                "client_id",
                                "client_secret",
                                "vendors"));
        assertThat(json.at("/smtp_port").intValue()).isEqualTo(1025);
        assertThat(json.at("/vendors/stytch/project_id").stringValue()).isEqualTo("project-test-1");
        assertThat(json.at("/vendors/mosaic/client_secret").stringValue()).isEqualTo("ms");
        assertThat(json.at("/vendors/authsignal/secret_key").stringValue()).isEqualTo("a");
    }
}
