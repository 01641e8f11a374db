package io.latchkey.testing;

import java.net.InetSocketAddress;

/**
 * A server that is stopped for its clients alone: it runs on behind a gate that closes. For servers
 * that are slow to come back after their process has ended.
 */
final class GatedServer implements TestServer {
    private final TestServer server;
    private final int port;
    private final TcpGate gate;

    /**
     * @param port the one that clients are told
     */
    GatedServer(TestServer server, int port) {
        this.server = server;
        this.port = port;
        gate = new TcpGate(port, new InetSocketAddress(server.host(), server.port()));
    }

    @Override
    public String host() {
        return "127.0.0.1";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void start() {
        gate.open();
        server.start();
    }

    @Override
    public void stop() {
        gate.close();
    }
}
