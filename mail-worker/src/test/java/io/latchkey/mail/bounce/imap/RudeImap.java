package io.latchkey.mail.bounce.imap;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Stands before an IMAP server, and does not let the first mail of the folder be read. */
final class RudeImap implements AutoCloseable {
    private final ServerSocket listening = listen();
    private final int port;
    private final boolean hangsUp;

    /**
     * @param hangsUp instead of saying no
     */
    RudeImap(int port, boolean hangsUp) {
        this.port = port;
        this.hangsUp = hangsUp;
        Thread.ofVirtual().start(this::accept);
    }

    private static ServerSocket listen() {
        try {
            return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                var client = listening.accept();
                Thread.ofVirtual().start(() -> pass(client));
            }
        } catch (IOException e) {
            // Closed: the test is over.
            return;
        }
    }

    private void pass(Socket client) {
        try (client;
                var server = new Socket(InetAddress.getLoopbackAddress(), port)) {
            Thread.ofVirtual().start(() -> answers(server, client));
            var commands =
                    new BufferedReader(
                            new InputStreamReader(
                                    client.getInputStream(), StandardCharsets.US_ASCII));
            for (var line = commands.readLine(); line != null; line = commands.readLine()) {
                if (!line.contains(" FETCH 1 (BODY")) {
                    say(server, line);
                } else if (hangsUp) {
                    return;
                } else {
                    say(client, line.substring(0, line.indexOf(' ')) + " NO it cannot be read");
                }
            }
        } catch (IOException e) {
            // Either side hung up.
            return;
        }
    }

    private static void answers(Socket server, Socket client) {
        try {
            server.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException e) {
            // Either side hung up.
            return;
        }
    }

    private static void say(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
