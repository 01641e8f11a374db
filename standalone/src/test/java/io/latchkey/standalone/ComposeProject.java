package io.latchkey.standalone;

import io.latchkey.testing.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The project's {@code docker-compose.yml} in containers, networks and volumes of its own, with
 * secrets that its own script made, on ports that are free. Images are built from the layers that
 * the build has left.
 */
final class ComposeProject implements AutoCloseable {
    static final Path ROOT = root();
    private static final Duration START_TIMEOUT = Duration.ofMinutes(4);
    private static final String BASE_IMAGE = "eclipse-temurin:25-jre";

    /** The same for every run of a working copy, so that one removes what a killed one has left. */
    private final String name = "latchkey-it-" + Integer.toHexString(ROOT.hashCode());

    private final Path secrets;
    private final Path errors;
    private final Map<String, String> settings = new LinkedHashMap<>();

    /**
     * @param directory for its files
     */
    ComposeProject(Path directory) {
        secrets = directory.resolve("env");
        errors = directory.resolve("docker.err");
        for (var port : List.of("AUTH", "AUDIT", "INBOX")) {
            settings.put("LATCHKEY_" + port + "_PORT", Integer.toString(FreePorts.next()));
        }
        // Five JVMs start at once: quick start counts, peak speed does not.
        settings.put("LATCHKEY_JAVA_OPTIONS", "-Xmx96m -XX:TieredStopAtLevel=1");
    }

    private static Path root() {
        return Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
                .takeWhile(directory -> directory != null)
                .filter(directory -> Files.exists(directory.resolve("docker-compose.yml")))
                .findFirst()
                .orElseThrow();
    }

    /** Why it cannot run here; empty where it can. */
    Optional<String> obstacle() {
        if ("false".equals(System.getProperty("latchkey.test.docker", ""))
                || "false".equals(System.getenv("LATCHKEY_TEST_DOCKER"))) {
            return Optional.of("latchkey.test.docker is false");
        }
        if (exitCode("docker", "info") != 0) {
            return Optional.of("Docker does not answer");
        }
        if (exitCode("docker", "compose", "up", "--wait", "--help") != 0) {
            return Optional.of("there is no docker compose with --wait");
        }
        makeSecrets();
        return Stream.concat(
                        compose("config", "--images")
                                .lines()
                                .filter(image -> !image.startsWith(name)),
                        Stream.of(BASE_IMAGE))
                .filter(image -> exitCode("docker", "image", "inspect", image) != 0)
                .filter(image -> exitCode("docker", "pull", "--quiet", image) != 0)
                .findFirst()
                .map(image -> "the image " + image + " cannot be pulled");
    }

    /** Runs the script that an operator runs. */
    void makeSecrets() {
        run(ROOT.resolve("compose/env").toString(), secrets.toString());
    }

    /** Returns when every container is healthy. */
    void start(int mailWorkers) {
        remove();
        try {
            compose(
                    "up",
                    "--build",
                    "--wait",
                    "--wait-timeout",
                    Long.toString(START_TIMEOUT.toSeconds()),
                    "--scale",
                    "mail-worker=" + mailWorkers);
        } catch (AssertionError e) {
            throw new AssertionError(
                    e.getMessage() + compose("ps", "--all") + compose("logs", "--tail", "40"), e);
        }
    }

    /** A secret or port by the name that its environment variable has. */
    String setting(String variable) {
        return Optional.ofNullable(settings.get(variable)).orElseGet(() -> secrets().get(variable));
    }

    /** What the script has made. */
    Map<String, String> secrets() {
        return lines(secrets).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(line -> line[0], line -> line[1]));
    }

    /** What all containers of these services have printed, those that ended too. */
    String logs(String... services) {
        return compose(
                Stream.concat(
                                Stream.of("logs", "--no-color", "--no-log-prefix"),
                                Stream.of(services))
                        .toArray(String[]::new));
    }

    /** Ids of the containers that run. */
    List<String> containers(String... services) {
        return compose(
                        Stream.concat(Stream.of("ps", "--quiet"), Stream.of(services))
                                .toArray(String[]::new))
                .lines()
                .toList();
    }

    String compose(String... arguments) {
        var command = new ArrayList<>(List.of("docker", "compose", "--project-name", name));
        command.addAll(List.of("--file", ROOT.resolve("docker-compose.yml").toString()));
        command.addAll(List.of("--env-file", secrets.toString()));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    /** Runs a command and returns what it printed. */
    String run(String... command) {
        try {
            var process = builder(command).start();
            var output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(
                        String.join(" ", command)
                                + " failed:\n"
                                + output
                                + String.join("\n", lines(errors)));
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private int exitCode(String... command) {
        try {
            return builder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private ProcessBuilder builder(String... command) {
        var builder = new ProcessBuilder(command).redirectError(errors.toFile());
        // Settings of whoever runs the tests would win over those of the file.
        builder.environment()
                .keySet()
                .removeIf(variable -> variable.matches("(LATCHKEY|SPRING|COMPOSE)_.*"));
        builder.environment().putAll(settings);
        return builder;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void remove() {
        compose("down", "--volumes", "--rmi", "local", "--remove-orphans", "--timeout", "5");
    }

    @Override
    public void close() {
        if (Files.exists(secrets)) {
            remove();
        }
    }
}
