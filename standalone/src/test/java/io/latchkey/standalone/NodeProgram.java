package io.latchkey.standalone;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A program in JavaScript, with the packages of its lock file, in a process of its own. */
final class NodeProgram {
    private static final Path SOURCES = Path.of("src/test/clients");
    private static final int MINUTES_TO_INSTALL = 3;
    private static final int SECONDS_TO_END = 10;

    private NodeProgram() {}

    /** Whether this machine has what it takes; says so in one line where not. */
    static boolean isToBeHad() {
        try {
            return succeeds("node", "--version") && succeeds("npm", "--version");
        } catch (IOException e) {
            System.out.println("Tests of npm clients are skipped: no Node.js here");
            return false;
        }
    }

    private static boolean succeeds(String... command) throws IOException {
        var process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        return await(process, TimeUnit.SECONDS, SECONDS_TO_END) == 0;
    }

    /** Copies the programs and installs their packages beside them; returns where. */
    static Path install() throws IOException {
        var directory = Path.of("target/clients");
        Files.createDirectories(directory);
        try (var files = Files.list(SOURCES)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var copy = directory.resolve(file.getFileName());
                Files.write(copy, Files.readAllBytes(file));
            }
        }
        var log = directory.resolve("npm.log").toFile();
        var npm =
                new ProcessBuilder("npm", "ci", "--ignore-scripts")
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log)
                        .start();
        if (await(npm, TimeUnit.MINUTES, MINUTES_TO_INSTALL) != 0) {
            throw new AssertionError("npm ci failed: " + Files.readString(log.toPath()));
        }
        return directory;
    }

    /**
     * Runs one. For each line {@code OPEN url} that it prints it is told what the person's browser
     * came back to.
     *
     * @return its last line
     */
    static String run(
            Path directory, String program, List<String> arguments, UnaryOperator<String> person) {
        var command = new ArrayList<>(List.of("node", program));
        command.addAll(arguments);
        try {
            var process =
                    new ProcessBuilder(command)
                            .directory(directory.toFile())
                            .redirectErrorStream(true)
                            .start();
            var said = new ArrayList<String>();
            try (var output = process.inputReader();
                    var input = process.outputWriter()) {
                for (var line = next(output, said); line != null; line = next(output, said)) {
                    if (line.startsWith("OPEN ")) {
                        input.write(person.apply(line.substring("OPEN ".length())) + "\n");
                        input.flush();
                    }
                }
            } finally {
                process.destroy();
            }
            if (await(process, TimeUnit.SECONDS, SECONDS_TO_END) != 0) {
                throw new AssertionError(program + " failed: " + String.join("\n", said));
            }
            return said.getLast();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String next(BufferedReader output, List<String> said) throws IOException {
        var line = output.readLine();
        if (line != null) {
            said.add(line);
        }
        return line;
    }

    private static int await(Process process, TimeUnit unit, int patience) {
        try {
            if (!process.waitFor(patience, unit)) {
                process.destroyForcibly();
                throw new AssertionError("it does not end");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
