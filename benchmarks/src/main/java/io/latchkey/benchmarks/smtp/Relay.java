package io.latchkey.benchmarks.smtp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An SMTP server that takes everything. Can go away, and come back on its port. */
public final class Relay implements AutoCloseable {
    private static final Pattern RECIPIENT = Pattern.compile("RCPT TO:<([^>]+)>.*");
    private static final Pattern MESSAGE_ID = Pattern.compile("(?i)Message-ID: *(\\S+)");
    private static final int BACKLOG = 1000;

    /** What is to be done with the mails to a recipient. Called by many threads. */
    public interface Mailboxes {
        /** Before the data of a mail are asked for. */
        default void begun(String recipient) {}

        /** Between the end of the data and the answer to it. */
        Duration delay(String recipient);

        /** The relay says so next, unless it has gone away. One call at a time. */
        void taken(String recipient, String messageId);
    }

    private final Mailboxes mailboxes;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final int port;
    private @Nullable ServerSocket server;

    public Relay(Mailboxes mailboxes) throws IOException {
        this.mailboxes = mailboxes;
        var socket = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        port = socket.getLocalPort();
        listen(socket);
    }

    public int port() {
        return port;
    }

    /** Refuses connections, and breaks those that are open: what was not taken is not. */
    public synchronized void goAway() throws IOException {
        if (server != null) {
            server.close();
            server = null;
        }
        for (var socket : open) {
            socket.close();
        }
    }

    public synchronized void comeBack() throws IOException {
        var socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        listen(socket);
    }

    private synchronized void listen(ServerSocket socket) {
        server = socket;
        Thread.ofVirtual().start(() -> accept(socket));
    }

    private void accept(ServerSocket listening) {
        try {
            while (true) {
                var socket = listening.accept();
                Thread.ofVirtual().start(() -> talk(socket));
            }
        } catch (IOException e) {
            // Gone away.
            return;
        }
    }

    private void talk(Socket socket) {
        open.add(socket);
        try (socket;
                var in =
                        new BufferedReader(
                                new InputStreamReader(
                                        socket.getInputStream(), StandardCharsets.UTF_8))) {
            say(socket, "220 relay");
            var recipient = "";
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                var to = RECIPIENT.matcher(line);
                recipient = to.matches() ? to.group(1) : recipient;
                if (line.equals("DATA")) {
                    mailboxes.begun(recipient);
                    say(socket, "354 go on");
                    take(socket, recipient, messageId(in));
                } else {
                    say(socket, "250 ok");
                }
            }
        } catch (IOException e) {
            // A worker has ended, or the relay has gone away.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(socket);
        }
    }

    /** Reads to the end of the data. */
    private static String messageId(BufferedReader in) throws IOException {
        var id = "";
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            if (line.equals(".")) {
                return id;
            }
            if (id.isEmpty()) {
                var header = MESSAGE_ID.matcher(line);
                id = header.matches() ? header.group(1) : id;
            }
        }
        throw new IOException("ended amid the data");
    }

    private void take(Socket socket, String recipient, String messageId)
            throws IOException, InterruptedException {
        Thread.sleep(mailboxes.delay(recipient));
        synchronized (this) {
            if (server == null || !open.contains(socket)) {
                throw new IOException("gone away");
            }
            mailboxes.taken(recipient, messageId);
            say(socket, "250 taken");
        }
    }

    private static void say(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        try {
            goAway();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
