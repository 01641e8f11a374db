package io.latchkey.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An SMTP server on a socket that misbehaves as it is told. At each stage it says its line, or, by
 * special words, drops the connection, falls silent, answers two bytes a second, or says the usual
 * and then resets the connection.
 */
public final class ScriptedRelay implements AutoCloseable {
    public static final String DROP = "DROP";
    public static final String SILENCE = "SILENCE";
    public static final String TRICKLE = "TRICKLE";
    public static final String TAKE_AND_RESET = "TAKE_AND_RESET";

    /** Where in the dialogue. */
    public enum Stage {
        GREETING("220 scripted.example"),
        EHLO("250 scripted.example"),
        MAIL("250 sender ok"),
        RCPT("250 recipient ok"),
        DATA("354 go on"),
        END("250 2.0.0 queued as 1"),
        OTHER("250 ok");

        private final String usual;

        Stage(String usual) {
            this.usual = usual;
        }
    }

    private final ServerSocket server;
    private final Map<Stage, List<String>> script = new ConcurrentHashMap<>();
    private final Map<Stage, AtomicInteger> asked = new ConcurrentHashMap<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();

    public ScriptedRelay() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** What to say at a stage the first time, the second … and, with the last, from then on. */
    public ScriptedRelay at(Stage stage, String... lines) {
        script.put(stage, List.of(lines));
        asked.remove(stage);
        return this;
    }

    /** Says the usual again. */
    public void behaveAt(Stage stage) {
        script.remove(stage);
        asked.remove(stage);
    }

    /** The messages whose data came to its end, whatever was answered. */
    public List<String> taken() {
        return taken;
    }

    /** All lines but the data. */
    public List<String> heard() {
        return heard;
    }

    public int connections() {
        return connections.get();
    }

    private void accept() {
        try {
            while (true) {
                var socket = server.accept();
                sockets.add(socket);
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> talk(socket));
            }
        } catch (IOException e) {
            // Closed: the test is over.
            return;
        }
    }

    private void talk(Socket socket) {
        try (socket) {
            var in =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            var alive = say(socket, Stage.GREETING);
            String line;
            while (alive && (line = in.readLine()) != null) {
                heard.add(line);
                var stage = stage(line);
                alive = say(socket, stage);
                if (alive && stage == Stage.DATA && next(Stage.DATA, false).startsWith("354")) {
                    taken.add(readData(in));
                    alive = say(socket, Stage.END);
                }
                alive &= !line.equals("QUIT");
            }
        } catch (IOException | InterruptedException e) {
            // The other side hung up, as these tests want it to.
            return;
        }
    }

    private static Stage stage(String line) {
        return switch (line.substring(0, Math.min(line.length(), 4))) {
            case "EHLO", "HELO" -> Stage.EHLO;
            case "MAIL" -> Stage.MAIL;
            case "RCPT" -> Stage.RCPT;
            case "DATA" -> Stage.DATA;
            default -> Stage.OTHER;
        };
    }

    private String next(Stage stage, boolean count) {
        var lines = script.getOrDefault(stage, List.of(stage.usual));
        var counter = asked.computeIfAbsent(stage, _ -> new AtomicInteger());
        var turn = count ? counter.getAndIncrement() : counter.get() - 1;
        return lines.get(Math.min(turn, lines.size() - 1));
    }

    private boolean say(Socket socket, Stage stage) throws IOException, InterruptedException {
        var line = next(stage, true);
        switch (line) {
            case DROP -> {
                return false;
            }
            case SILENCE -> {
                return socket.getInputStream().read() >= 0;
            }
            case TAKE_AND_RESET -> {
                socket.getOutputStream()
                        .write((stage.usual + "\r\n").getBytes(StandardCharsets.UTF_8));
                // Time for the line to arrive: a reset throws away what is under way.
                Thread.sleep(100);
                socket.setSoLinger(true, 0);
                return false;
            }
            case TRICKLE -> {
                for (var letter : (stage.usual + "\r\n").getBytes(StandardCharsets.UTF_8)) {
                    socket.getOutputStream().write(letter);
                    Thread.sleep(500);
                }
            }
            default ->
                    socket.getOutputStream()
                            .write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        }
        return true;
    }

    private static String readData(BufferedReader in) throws IOException {
        var data = new StringBuilder();
        String line;
        while ((line = in.readLine()) != null && !line.equals(".")) {
            data.append(line).append("\r\n");
        }
        return data.toString();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (var socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
