package io.latchkey.auth.signin;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Waiting pages that are kept up to date.
 *
 * @param maxStreams how many this node keeps at a time; more are refused and look again by hand
 * @param maxStreamsPerLink how many of them for one link
 * @param look how often the database is asked how all their links stand; one statement each time
 * @param longest when a stream ends that still has something to tell; browsers then come back
 */
@Validated
@ConfigurationProperties("latchkey.waiting")
record WaitingProperties(
        @DefaultValue("5000") @Min(1) @Max(1_000_000) int maxStreams,
        @DefaultValue("5") @Min(1) @Max(1000) int maxStreamsPerLink,
        @DefaultValue("1s") @DurationMin(millis = 100) Duration look,
        @DefaultValue("15m") @DurationMin(seconds = 1) Duration longest) {}
