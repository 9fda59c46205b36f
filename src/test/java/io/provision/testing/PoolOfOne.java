package io.provision.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** As a pool with a single connection to the server: one client is served, the next is let in and waits. */
public final class PoolOfOne implements AutoCloseable {

    private final ServerSocket door;
    private volatile Socket client = new Socket();
    private volatile Socket server = new Socket();

    public PoolOfOne(int serverPort) throws IOException {
        door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(() -> {
            while (true) {
                client = door.accept();
                server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                start(() -> forward(server, client));
                forward(client, server);
            }
        });
    }

    public int port() {
        return door.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        door.close();
        client.close();
        server.close();
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException closed) {
                return;
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static void forward(Socket from, Socket to) {
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException gone) {
            // Whichever of the two went, the other is closed now, and the next client is served.
            return;
        }
    }
}
