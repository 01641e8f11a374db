package io.latchkey.testing;

import org.jspecify.annotations.Nullable;

/** A server of this JVM's own, made anew at every start on the same directory and port. */
final class EmbeddedServer<S> implements TestServer {
    interface Starting<S> {
        S start() throws Exception;
    }

    interface Stopping<S> {
        void stop(S server) throws Exception;
    }

    private final int port;
    private final Starting<S> starting;
    private final Stopping<S> stopping;
    private @Nullable S server;

    EmbeddedServer(int port, Starting<S> starting, Stopping<S> stopping) {
        this.port = port;
        this.starting = starting;
        this.stopping = stopping;
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
    public synchronized void start() {
        if (server == null) {
            try {
                server = starting.start();
            } catch (Exception e) {
                throw new IllegalStateException("the embedded server does not start", e);
            }
        }
    }

    @Override
    public synchronized void stop() {
        if (server != null) {
            try {
                stopping.stop(server);
            } catch (Exception e) {
                throw new IllegalStateException("the embedded server does not stop", e);
            }
            server = null;
        }
    }
}
