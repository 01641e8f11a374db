package io.latchkey.standalone;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The pages of an app of somebody else's, on loopback: the files of a list of folders, or a
 * greeting.
 */
final class AppPages implements AutoCloseable {
    private static final String GREETING =
            "<!doctype html><html lang=\"en\"><title>The app</title><h1>The app</h1></html>";
    private final HttpServer server;
    private final List<Path> folders;

    AppPages(Path... folders) {
        this.folders = List.of(folders);
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var name = exchange.getRequestURI().getPath().substring(1);
            byte[] body = GREETING.getBytes(StandardCharsets.UTF_8);
            for (var folder : folders) {
                if (name.matches("[A-Za-z0-9.-]+") && Files.isRegularFile(folder.resolve(name))) {
                    body = Files.readAllBytes(folder.resolve(name));
                }
            }
            exchange.getResponseHeaders()
                    .set("Content-Type", name.endsWith(".js") ? "text/javascript" : "text/html");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
