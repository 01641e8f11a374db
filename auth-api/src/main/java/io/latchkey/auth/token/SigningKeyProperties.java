package io.latchkey.auth.token;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The life of signing keys.
 *
 * @param rotateAfter age at which the newest is replaced; 1 h to 366 days
 * @param publishBefore how long a key is published before it signs, so that every node and every
 *     verifier's cache has it by then; 0 s to 1 day
 * @param keepAfter how long a replaced key stays published: longer than anybody shows what it
 *     signed, id tokens as a hint at sign-out among it; 1 h to 1000 days
 */
@Validated
@ConfigurationProperties("latchkey.signing-keys")
public record SigningKeyProperties(
        @DefaultValue("30d") @DurationMin(hours = 1) @DurationMax(days = 366) Duration rotateAfter,
        @DefaultValue("2m") @DurationMin(seconds = 0) @DurationMax(days = 1) Duration publishBefore,
        @DefaultValue("35d") @DurationMin(hours = 1) @DurationMax(days = 1000)
                Duration keepAfter) {}
