package io.latchkey.testing;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Says beforehand what Testcontainers would find out in minutes: that an image is not there, and
 * that no registry is in reach to pull it from.
 */
final class DockerImages {
    private static final String REGISTRY = "registry-1.docker.io";
    private static final int HTTPS = 443;
    private static final String REAPER = "testcontainers/ryuk";
    private static final String WITHOUT_REAPER = "TESTCONTAINERS_RYUK_DISABLED";
    private static final String PREFIX = "TESTCONTAINERS_HUB_IMAGE_NAME_PREFIX";

    private DockerImages() {}

    /** Why a container of this image is not even to be tried; empty where it is. */
    static Optional<String> whyNotToBeHad(String image) {
        return Stream.of(image, REAPER)
                .filter(needed -> !needed.equals(REAPER) || needsReaper())
                .filter(needed -> isMissing(prefix() + needed))
                .findFirst()
                .filter(missing -> !FreePorts.isOpen(REGISTRY, HTTPS))
                .map(DockerImages::explanation);
    }

    private static String explanation(String missing) {
        var hint = missing.equals(REAPER) ? "; " + WITHOUT_REAPER + "=true does without" : "";
        return "image " + missing + " is not here and no registry in reach" + hint;
    }

    private static boolean needsReaper() {
        return !Boolean.parseBoolean(System.getenv(WITHOUT_REAPER));
    }

    private static String prefix() {
        return Optional.ofNullable(System.getenv(PREFIX)).orElse("");
    }

    /** Surely missing: false, too, where there is no command to ask, or no answer. */
    private static boolean isMissing(String image) {
        try {
            var asked =
                    new ProcessBuilder("docker", "image", "ls", "--quiet", image)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            var found = asked.inputReader().readLine();
            return asked.waitFor(10, TimeUnit.SECONDS) && asked.exitValue() == 0 && found == null;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while docker is asked for images", e);
        }
    }
}
