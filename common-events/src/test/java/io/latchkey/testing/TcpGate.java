package io.latchkey.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A port of the loopback that leads to a server while it is open. When it closes, connections break
 * and new ones are refused, as where a server has died.
 */
final class TcpGate {
    private static final int BACKLOG = 256;
    private final int port;
    private final InetSocketAddress server;
    private final Set<Socket> passing = ConcurrentHashMap.newKeySet();
    private ServerSocket entrance = closed();

    TcpGate(int port, InetSocketAddress server) {
        this.port = port;
        this.server = server;
    }

    /** Does nothing where it is open already. */
    synchronized void open() {
        if (entrance.isClosed()) {
            try {
                entrance = new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
            } catch (IOException e) {
                throw new UncheckedIOException("port " + port, e);
            }
            var opened = entrance;
            start(() -> admitAll(opened));
        }
    }

    /** Returns when nothing passes any more. Does nothing where it is closed already. */
    synchronized void close() {
        close(entrance);
        passing.forEach(TcpGate::close);
    }

    private void admitAll(ServerSocket opened) {
        while (!opened.isClosed()) {
            try {
                admit(opened, opened.accept());
            } catch (IOException e) {
                // The gate was closed, or this one caller or the server is gone.
            }
        }
    }

    private void admit(ServerSocket opened, Socket caller) throws IOException {
        var onward = new Socket();
        passing.add(caller);
        passing.add(onward);
        if (opened.isClosed()) {
            end(caller, onward);
            return;
        }
        try {
            onward.connect(server);
        } catch (IOException e) {
            end(caller, onward);
            throw e;
        }
        start(() -> pass(caller, onward));
        start(() -> pass(onward, caller));
    }

    private void pass(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // Either side has hung up: both do.
        } finally {
            end(from, to);
        }
    }

    private void end(Socket one, Socket other) {
        close(one);
        close(other);
        passing.remove(one);
        passing.remove(other);
    }

    /** Not a virtual one: consumers that look for a lost broker leave those little time. */
    private static void start(Runnable work) {
        Thread.ofPlatform().daemon().name("tcp-gate").start(work);
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            throw new IllegalStateException("a socket does not close", e);
        }
    }

    private static ServerSocket closed() {
        try {
            var socket = new ServerSocket();
            socket.close();
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
