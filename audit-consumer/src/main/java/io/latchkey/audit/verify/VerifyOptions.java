package io.latchkey.audit.verify;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.DefaultApplicationArguments;

/** What the command is told. */
final class VerifyOptions {
    private static final Set<String> KNOWN =
            Set.of(
                    "url",
                    "dir",
                    "export",
                    "export-from",
                    "key",
                    "checkpoint",
                    "kept",
                    "save",
                    "dropped-below");

    private final ApplicationArguments arguments;

    /**
     * @throws IllegalArgumentException that says what is wrong
     */
    VerifyOptions(List<String> arguments) {
        this.arguments = new DefaultApplicationArguments(arguments.toArray(String[]::new));
        for (var name : this.arguments.getOptionNames()) {
            if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException("--" + name + ": unknown option");
            }
        }
        if (!this.arguments.getNonOptionArgs().isEmpty()) {
            throw new IllegalArgumentException("expected: options only, as --url=URL");
        }
        if (url().isPresent() == directory("dir").isPresent()) {
            throw new IllegalArgumentException("expected: --url=URL or --dir=DIR");
        }
    }

    Optional<URI> url() {
        return text("url").map(URI::create);
    }

    Optional<Path> directory(String name) {
        return text(name).map(Path::of);
    }

    Optional<String> text(String name) {
        return texts(name).stream().reduce((_, last) -> last);
    }

    List<String> texts(String name) {
        var values = arguments.getOptionValues(name);
        if (values == null) {
            return List.of();
        }
        if (values.isEmpty()) {
            throw new IllegalArgumentException("--" + name + ": expected a value");
        }
        return values;
    }

    long number(String name) {
        try {
            return text(name).map(Long::parseUnsignedLong).orElse(0L);
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException("--" + name + ": expected a number");
        }
    }
}
