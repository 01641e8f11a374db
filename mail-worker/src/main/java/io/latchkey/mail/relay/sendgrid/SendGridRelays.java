package io.latchkey.mail.relay.sendgrid;

import io.latchkey.mail.platform.SecretFile;
import io.latchkey.mail.platform.UnusableSettingException;
import io.latchkey.mail.relay.MailRelay;
import io.latchkey.mail.relay.RelayFactory;
import io.latchkey.mail.relay.RelayProperties;
import java.time.Duration;
import org.springframework.stereotype.Component;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Makes the relays that speak SendGrid's API. */
@Component
class SendGridRelays implements RelayFactory {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final JsonMapper json =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build();

    @Override
    public RelayProperties.Kind kind() {
        return RelayProperties.Kind.SENDGRID;
    }

    @Override
    public MailRelay make(RelayProperties relay) {
        return new SendGridRelay(relay.name(), relay.url(), apiKey(relay), CONNECT_TIMEOUT, json);
    }

    private static String apiKey(RelayProperties relay) {
        var setting = "latchkey.mail.relays[" + relay.name() + "].api-key";
        if (relay.apiKeyFile() != null) {
            return SecretFile.read(relay.apiKeyFile(), setting + "-file");
        }
        if (relay.apiKey() == null || relay.apiKey().isBlank()) {
            throw new UnusableSettingException(
                    setting,
                    new IllegalArgumentException("not set (expected: a key of SendGrid's)"));
        }
        return relay.apiKey().strip();
    }
}
