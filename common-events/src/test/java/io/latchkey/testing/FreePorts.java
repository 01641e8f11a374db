package io.latchkey.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Ports below the range that the system hands out by itself, so that a stopped server's stays free.
 */
public final class FreePorts {
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final int MILLISECONDS_TO_ANSWER = 3_000;
    private static int next =
            LOWEST + Math.floorMod(ProcessHandle.current().pid() * 97, HIGHEST - LOWEST);

    private FreePorts() {}

    /** One that nobody listens on, and that this process has not been given before. */
    public static synchronized int next() {
        for (int tried = LOWEST; tried < HIGHEST; tried++) {
            next = next + 1 < HIGHEST ? next + 1 : LOWEST;
            if (isFree(next)) {
                return next;
            }
        }
        throw new IllegalStateException("no free port from " + LOWEST + " to " + HIGHEST);
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether somebody listens there. */
    static boolean isOpen(String host, int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), MILLISECONDS_TO_ANSWER);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
