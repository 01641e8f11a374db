package io.latchkey.auth.pages;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code User-Agent} stands for, in words of ours: whoever sends the header could write
 * anything into it.
 *
 * @param name such as {@code Firefox}
 * @param system such as {@code Linux}
 */
public record Device(String name, String system) {
    /** By the token that tells it; more special ones first, as all claim to be the older ones. */
    private static final SequencedMap<String, String> NAMES = new LinkedHashMap<>();

    private static final SequencedMap<String, String> SYSTEMS = new LinkedHashMap<>();

    static {
        NAMES.put("Edg", "Edge");
        NAMES.put("OPR/", "Opera");
        NAMES.put("SamsungBrowser/", "Samsung Internet");
        NAMES.put("FxiOS/", "Firefox");
        NAMES.put("Firefox/", "Firefox");
        NAMES.put("CriOS/", "Chrome");
        NAMES.put("Chrome/", "Chrome");
        NAMES.put("Safari/", "Safari");
        SYSTEMS.put("iPhone", "iPhone");
        SYSTEMS.put("iPad", "iPad");
        SYSTEMS.put("Android", "Android");
        SYSTEMS.put("Windows", "Windows");
        SYSTEMS.put("Mac OS X", "macOS");
        SYSTEMS.put("CrOS", "ChromeOS");
        SYSTEMS.put("Linux", "Linux");
    }

    /** Empty where the header is of none that we know. */
    public static Optional<Device> of(@Nullable String userAgent) {
        return Optional.ofNullable(userAgent)
                .flatMap(
                        agent ->
                                find(NAMES, agent)
                                        .flatMap(
                                                name ->
                                                        find(SYSTEMS, agent)
                                                                .map(s -> new Device(name, s))));
    }

    private static Optional<String> find(SequencedMap<String, String> words, String userAgent) {
        return words.entrySet().stream()
                .filter(word -> userAgent.contains(word.getKey()))
                .map(java.util.Map.Entry::getValue)
                .findFirst();
    }
}
