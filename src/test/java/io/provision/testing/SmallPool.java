package io.provision.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** As a pool of few connections to the server: so many clients are served, the next is let in and waits. */
public final class SmallPool implements AutoCloseable {

    private final ServerSocket door;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

    /** @param size how many are served at a time */
    public SmallPool(int serverPort, int size) throws IOException {
        door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        for (int i = 0; i < size; i++) {
            SocketWork.start(() -> serve(serverPort));
        }
    }

    private void serve(int serverPort) throws IOException {
        while (true) {
            Socket client = door.accept();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
            sockets.addAll(List.of(client, server));
            SocketWork.start(() -> forward(server, client));
            forward(client, server);
        }
    }

    public int port() {
        return door.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket socket : sockets) {
            socket.close();
        }
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
