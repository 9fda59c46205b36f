package io.provision.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** The port of the last start, so that a URL somebody has noted goes on working; another one if that is taken. */
record PortChoice(Path file) {

    /** How often a start is tried again because somebody else was quicker to take the port. */
    static final int TRIES = 5;
    private static final int LARGEST = 0xffff;

    int choose() throws IOException {
        int port = isFree(last()) ? last() : free(0);
        Files.writeString(file, port + "\n");
        return port;
    }

    void forget() throws IOException {
        Files.deleteIfExists(file);
    }

    /** 0 if there is none. */
    int last() {
        try {
            int noted = Integer.parseInt(Files.readString(file).strip());
            return noted > 0 && noted <= LARGEST ? noted : 0;
        } catch (IOException | NumberFormatException none) {
            return 0;
        }
    }

    private static boolean isFree(int port) {
        try {
            return port != 0 && free(port) == port;
        } catch (IOException taken) {
            return false;
        }
    }

    private static int free(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
            return socket.getLocalPort();
        }
    }
}
