package io.latchkey.rendering;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What a {@code User-Agent} stands for, in words of ours. The header itself never gets into a mail
 * or onto a page: a stranger writes it, and could write an advertisement.
 *
 * @param name such as {@code Firefox}
 * @param system such as {@code Linux}
 */
public record Browser(String name, String system) {
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
    public static Optional<Browser> of(String userAgent) {
        return find(NAMES, userAgent)
                .flatMap(name -> find(SYSTEMS, userAgent).map(system -> new Browser(name, system)));
    }

    private static Optional<String> find(SequencedMap<String, String> words, String userAgent) {
        return words.entrySet().stream()
                .filter(word -> userAgent.contains(word.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** As people read it: {@code Firefox, Linux}. */
    @Override
    public String toString() {
        return name + ", " + system;
    }
}
