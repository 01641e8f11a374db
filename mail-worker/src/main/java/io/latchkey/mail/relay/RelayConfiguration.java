package io.latchkey.mail.relay;

import io.latchkey.mail.platform.UnusableSettingException;
import java.util.HashSet;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RelayConfiguration {
    private static final String SETTING = "latchkey.mail.relays";

    @Bean
    Relays relays(RelaysProperties properties, List<RelayFactory> factories, UsualRelay usual) {
        if (properties.relays().isEmpty()) {
            return new Relays(List.of(Guards.guard(usual.make(), 1, null, properties)), properties);
        }
        refuseEqualNames(properties.relays());
        return new Relays(
                properties.relays().stream()
                        .map(relay -> guarded(relay, factories, properties))
                        .toList(),
                properties);
    }

    private static GuardedRelay guarded(
            RelayProperties relay, List<RelayFactory> factories, RelaysProperties properties) {
        var made =
                factories.stream()
                        .filter(factory -> factory.kind() == relay.kind())
                        .findFirst()
                        .orElseThrow()
                        .make(relay);
        return Guards.guard(made, relay.weight(), relay.rate(), properties);
    }

    private static void refuseEqualNames(List<RelayProperties> relays) {
        var names = new HashSet<String>();
        for (var relay : relays) {
            if (!names.add(relay.name())) {
                throw new UnusableSettingException(
                        SETTING,
                        new IllegalArgumentException(
                                "two relays are named "
                                        + relay.name()
                                        + " (expected: different names)"));
            }
        }
    }
}
