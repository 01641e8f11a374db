package io.latchkey.standalone;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Secrets to search for, in every spelling that somebody could have stored them in. */
final class Needles {
    private static final Pattern BASE64URL = Pattern.compile("[A-Za-z0-9_-]{32,}");
    private static final int MAC_BYTES = 32;

    private final Map<String, List<String>> spellings = new LinkedHashMap<>();

    /** A token or key; where it is base64url, also the keyed hash at its end. */
    Needles add(String name, String secret) {
        var texts = new ArrayList<String>();
        texts.add(secret);
        texts.add(HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8)));
        if (BASE64URL.matcher(secret).matches()) {
            var bytes = Base64.getUrlDecoder().decode(secret);
            var mac = Arrays.copyOfRange(bytes, bytes.length - MAC_BYTES, bytes.length);
            texts.add(HexFormat.of().formatHex(mac));
            texts.add(new String(mac, StandardCharsets.ISO_8859_1));
            texts.add(Base64.getEncoder().encodeToString(mac));
        }
        spellings.put(name, texts);
        return this;
    }

    /** Six digits turn up by chance: only where they stand as a value or after the word. */
    Needles addCode(String name, String code) {
        spellings.put(
                name,
                List.of("\"" + code + "\"", "code=" + code, "code " + code, "," + code + ","));
        return this;
    }

    /** Names of those that the text holds. */
    List<String> foundIn(String text) {
        return spellings.entrySet().stream()
                .filter(needle -> needle.getValue().stream().anyMatch(text::contains))
                .map(Map.Entry::getKey)
                .toList();
    }
}
