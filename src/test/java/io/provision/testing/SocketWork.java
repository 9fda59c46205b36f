package io.provision.testing;

import java.io.IOException;

/** What is done with sockets until one of them is closed. */
@FunctionalInterface
interface SocketWork {

    void run() throws IOException;

    /** In a thread of its own, that keeps no JVM from ending. */
    static void start(SocketWork work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException closed) {
                // One of the two has gone: the other is told by the closed socket.
                return;
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
