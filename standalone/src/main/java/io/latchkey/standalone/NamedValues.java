package io.latchkey.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A file of {@code NAME=value} lines in the home directory, mode 0600. A shell can read it with
 * {@code .} (dot). Every change is on disk when the call returns.
 */
final class NamedValues {
    private final Home home;
    private final String fileName;
    private final Map<String, String> values = new LinkedHashMap<>();

    private NamedValues(Home home, String fileName) {
        this.home = home;
        this.fileName = fileName;
    }

    /**
     * @throws StartFailure for a line that is not {@code NAME=value}; the message does not repeat
     *     it
     */
    static NamedValues read(Home home, String fileName) {
        var result = new NamedValues(home, fileName);
        var file = home.resolve(fileName);
        try {
            var number = 0;
            for (var line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
                number++;
                result.readLine(line.strip(), number);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return result;
    }

    private void readLine(String line, int number) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        var equals = line.indexOf('=');
        if (equals < 1) {
            throw new StartFailure(
                    home.resolve(fileName) + ", line " + number + " (expected: NAME=value)");
        }
        values.put(line.substring(0, equals), line.substring(equals + 1));
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** The value kept under this name; at the first call a generated one, kept from then on. */
    synchronized String keep(String name, Supplier<String> generator) {
        var known = values.get(name);
        if (known != null) {
            return known;
        }
        var made = generator.get();
        put(name, made);
        return made;
    }

    synchronized void put(String name, String value) {
        values.put(name, value);
        home.write(
                fileName,
                values.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                        .collect(Collectors.joining()));
    }

    @Override
    public String toString() {
        return fileName + values.keySet();
    }
}
