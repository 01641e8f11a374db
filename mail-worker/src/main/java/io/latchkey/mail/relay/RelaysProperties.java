package io.latchkey.mail.relay;

import jakarta.validation.Valid;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The relays that mails go to. Where none is listed, the one under {@code spring.mail}.
 *
 * @param relays with names that differ
 * @param relayChoice {@code ordered}: the first that serves; {@code weighted}: by chance
 * @param relayPatience after which another relay takes over from one that says nothing and surely
 *     has no mail; 1 to 9 s
 * @param relayWait how long a mail waits for the rate of a relay before it is held; 0 to 10 s
 * @param relayPause for which a relay that failed five times of ten is left alone; 1 to 60 s
 * @param relayDeadline for a whole hand-over, however slowly relays talk: connections are closed
 *     then; 1 to 45 s, as the order's lock lasts 60 s
 */
@Validated
@ConfigurationProperties("latchkey.mail")
public record RelaysProperties(
        @DefaultValue List<@Valid RelayProperties> relays,
        @DefaultValue("ordered") RelayChoice relayChoice,
        @DefaultValue("8s") @DurationMin(seconds = 1) @DurationMax(seconds = 9)
                Duration relayPatience,
        @DefaultValue("5s") @DurationMin(seconds = 0) @DurationMax(seconds = 10) Duration relayWait,
        @DefaultValue("5s") @DurationMin(seconds = 1) @DurationMax(seconds = 60)
                Duration relayPause,
        @DefaultValue("45s") @DurationMin(seconds = 1) @DurationMax(seconds = 45)
                Duration relayDeadline) {}
