package io.latchkey.mail.relay.smtp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/**
 * Makes sockets that send what they are given at once. The end of a mail is written after its text:
 * held back until the relay has acknowledged the text, which it puts off by some 40 ms, it would
 * make that the shortest time of a hand-over.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc1122#section-4.2.3.4">RFC 1122
 *     §4.2.3.4</a>
 */
final class PromptSockets extends SocketFactory {
    @Override
    public Socket createSocket() throws IOException {
        var socket = new Socket();
        socket.setTcpNoDelay(true);
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
            throws IOException {
        return connected(new InetSocketAddress(host, port), local, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
            throws IOException {
        return connected(new InetSocketAddress(host, port), local, localPort);
    }

    private Socket connected(InetSocketAddress to) throws IOException {
        var socket = createSocket();
        socket.connect(to);
        return socket;
    }

    private Socket connected(InetSocketAddress to, InetAddress local, int localPort)
            throws IOException {
        var socket = createSocket();
        socket.bind(new InetSocketAddress(local, localPort));
        socket.connect(to);
        return socket;
    }
}
