package io.latchkey.auth.platform;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much is taken in at once.
 *
 * @param maxInFlight requests that are served or wait for the database at the same time; the next
 *     gets {@code 503 overloaded}; 1 to 100000
 */
@Validated
@ConfigurationProperties("latchkey.admission")
record AdmissionProperties(@DefaultValue("500") @Min(1) @Max(100_000) int maxInFlight) {}
