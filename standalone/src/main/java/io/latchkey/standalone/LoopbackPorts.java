package io.latchkey.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * TCP ports of this machine's loopback address. A port found free can be taken by somebody else a
 * moment later: whoever binds it must still be ready to fail.
 */
final class LoopbackPorts {
    private static final int CANDIDATES = 200;
    private static final int STEP = 10;

    private LoopbackPorts() {}

    /** A listener of the standalone whose port its user may choose. */
    enum Listener {
        AUTH_API("auth-api", "LATCHKEY_AUTH_PORT"),
        MAIL_WORKER("mail-worker", "LATCHKEY_MAIL_PORT"),
        AUDIT_CONSUMER("audit-consumer", "LATCHKEY_AUDIT_PORT"),
        INBOX("the inbox", "LATCHKEY_INBOX_PORT"),
        SMTP("the embedded mail relay", "LATCHKEY_SMTP_PORT");

        private final String title;
        private final String setting;

        Listener(String title, String setting) {
            this.title = title;
            this.setting = setting;
        }
    }

    /**
     * Checks that every wanted port is free, and finds a free one for each 0; all are different.
     *
     * @throws StartFailure naming the first port that is taken and the setting that moves it
     */
    static Map<Listener, Integer> choose(Map<Listener, Integer> wanted) {
        var chosen = new EnumMap<Listener, Integer>(Listener.class);
        var held = new ArrayList<ServerSocket>();
        try {
            wanted.forEach(
                    (listener, port) -> {
                        var socket = bind(listener, port);
                        held.add(socket);
                        // Any free one: not one that another standalone is about to listen on.
                        while (port == 0 && !PortReservation.take(socket.getLocalPort())) {
                            socket = bind(listener, port);
                            held.add(socket);
                        }
                        chosen.put(listener, socket.getLocalPort());
                    });
            return chosen;
        } finally {
            close(held);
        }
    }

    private static ServerSocket bind(Listener listener, int port) {
        try {
            return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new StartFailure(
                    "port %d of %s is taken (choose another by %s, 0 for any free one)"
                            .formatted(port, listener.title, listener.setting),
                    e);
        }
    }

    /**
     * The port that an embedded part keeps over restarts: the one noted before where it is free,
     * else the preferred one or the first free one of those above it, in steps. Noted under the
     * name.
     *
     * @param preferred below the ports that the system gives to outgoing connections: one of those
     *     could be taken by any connection while the part is stopped
     */
    static int keep(NamedValues noted, String name, int preferred) {
        var candidates =
                IntStream.concat(
                        noted.get(name).stream().mapToInt(Integer::parseInt),
                        IntStream.range(0, CANDIDATES).map(i -> preferred + i * STEP));
        var port =
                candidates
                        .filter(LoopbackPorts::reserve)
                        .findFirst()
                        .orElseThrow(() -> new StartFailure("no free port for " + name));
        noted.put(name, Integer.toString(port));
        return port;
    }

    private static boolean reserve(int port) {
        if (!PortReservation.take(port)) {
            return false;
        }
        if (!isFree(port)) {
            PortReservation.release(port);
            return false;
        }
        return true;
    }

    private static boolean isFree(int port) {
        try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void close(Collection<ServerSocket> sockets) {
        for (var socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
