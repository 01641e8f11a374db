package io.latchkey.standalone;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a program needs to know to use a running standalone; written to {@code endpoints.json} of
 * the home directory once it is ready. Holds secrets.
 *
 * @param smtpPort of the embedded relay, or of the configured one
 * @param clientId of the demo app
 * @param vendors credentials of the demo app for clients of other vendors' APIs
 */
record Endpoints(
        String kafkaBootstrapServers,
        @JsonProperty("r2dbc_url") String r2dbcUrl,
        String authUrl,
        String mailUrl,
        String auditUrl,
        String inboxUrl,
        int smtpPort,
        String adminToken,
        String mailAdminToken,
        String auditToken,
        String clientId,
        String clientSecret,
        Map<String, Map<String, String>> vendors) {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build();

    static Map<String, Map<String, String>> vendors(Secrets.VendorCredentials vendors) {
        return Map.of(
                "stytch",
                Map.of(
                        "project_id", vendors.stytchProjectId(),
                        "secret", vendors.stytchSecret()),
                "mosaic",
                Map.of(
                        "client_id", vendors.mosaicClientId(),
                        "client_secret", vendors.mosaicClientSecret()),
                "authsignal",
                Map.of("secret_key", vendors.authsignalSecretKey()));
    }

    String toJson() {
        return JSON.writeValueAsString(this);
    }

    @Override
    public String toString() {
        return "Endpoints[" + authUrl + ", " + inboxUrl + "]";
    }
}
