package io.latchkey.audit.detection;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is looked for.
 *
 * @param interval between two looks; 5 s to 5 minutes
 * @param rules by name: letters, digits, dashes
 */
@ConfigurationProperties("latchkey.detection")
public record DetectionProperties(
        @DefaultValue("15s") Duration interval, @DefaultValue Map<String, Rule> rules) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");
    private static final Duration SHORTEST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    public DetectionProperties {
        if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "latchkey.detection.interval: " + interval + " (expected: 5 s to 5 minutes)");
        }
        for (var name : rules.keySet()) {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "latchkey.detection.rules: " + name + " (expected: [a-z0-9-]{1,64})");
            }
        }
        rules = Map.copyOf(rules);
    }
}
