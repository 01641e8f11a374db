package io.latchkey.testing;

/** A server on a port that it keeps for life, with all its data, however often it is stopped. */
interface TestServer {
    String host();

    int port();

    /** Returns when it answers. Does nothing where it runs already. */
    void start();

    /** Returns when its port is closed. Does nothing where it is stopped already. */
    void stop();
}
