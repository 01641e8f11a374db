package io.latchkey.audit.verify;

import io.latchkey.audit.tlog.EntryBundle;
import io.latchkey.audit.tlog.LogSource;
import io.latchkey.audit.tlog.Tile;
import io.latchkey.audit.tlog.TileAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A log as an audit-consumer serves it. */
final class HttpLog implements LogSource, AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final String base;
    private final String token;

    /**
     * @param base where {@code /tlog/} is
     * @param token that may read all events
     */
    HttpLog(URI base, String token) {
        this.base = base.toString().replaceFirst("/+$", "");
        this.token = token;
    }

    String key() {
        return text("/tlog/key").strip();
    }

    String checkpoint() {
        return text("/tlog/checkpoint");
    }

    private String text(String path) {
        return new String(
                get(path).orElseThrow(() -> new UncheckedIOException(failed(path, NOT_FOUND))),
                StandardCharsets.UTF_8);
    }

    @Override
    public Optional<Tile> tile(TileAddress address, int width) {
        try {
            return get("/tlog/tile/" + named(address.path(), width))
                    .map(bytes -> Tile.of(address, bytes));
        } catch (IllegalArgumentException _) {
            // No whole hashes
            return Optional.empty();
        }
    }

    /** Where not all are there, as many as there are before the first that is missing. */
    @Override
    public List<byte[]> leaves(long index, int width) {
        var there = bundle(index, width);
        if (there.isPresent()) {
            return there.get();
        }
        List<byte[]> longest = List.of();
        var missing = width;
        while (missing - longest.size() > 1) {
            var middle = (longest.size() + missing) / 2;
            var shorter = bundle(index, middle);
            if (shorter.isPresent()) {
                longest = shorter.get();
            } else {
                missing = middle;
            }
        }
        return longest;
    }

    private Optional<List<byte[]>> bundle(long index, int width) {
        try {
            return get("/tlog/tile/entries/" + named(TileAddress.indexPath(index), width))
                    .map(EntryBundle::decode)
                    .filter(leaves -> leaves.size() == width);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    static String named(String path, int width) {
        return width == TileAddress.WIDTH ? path : path + ".p/" + width;
    }

    private Optional<byte[]> get(String path) {
        var request =
                HttpRequest.newBuilder(URI.create(base + path))
                        .timeout(TIMEOUT)
                        .header("Authorization", "Bearer " + token)
                        .build();
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return switch (answer.statusCode()) {
                case OK -> Optional.of(answer.body());
                case NOT_FOUND -> Optional.empty();
                default -> throw failed(path, answer.statusCode());
            };
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + base + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static IOException failed(String path, int status) {
        return new IOException(path + " was answered with " + status);
    }

    @Override
    public void close() {
        http.close();
    }
}
