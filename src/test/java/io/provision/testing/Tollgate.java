package io.provision.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Stands between a client and servers, counts what the client sends, and at one message has the client killed. What a
 * client sends in one go is one message: a statement of PostgreSQL, a pipeline of Redis.
 */
public final class Tollgate implements AutoCloseable {

    /** When the client is killed. */
    public enum Moment {
        /** The message never reaches the server. */
        BEFORE,
        /** The server has been sent it, and nobody waits for what it says. */
        UNDERWAY,
        /** The server has answered, and the client does not know it. */
        AFTER,
        /** Nobody is killed: something happens, and then the message goes on. */
        MEANWHILE
    }

    /** As it is sent; {@code READ COMMITTED} is none. */
    public static final String COMMIT = "COMMIT\0";

    private final List<String> messages = Collections.synchronizedList(new ArrayList<>());
    private final String counted;
    private final int fatal;
    private final Moment moment;
    private final Runnable kill;
    private final Duration pause;
    private final Queue<AutoCloseable> open = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;
    private int reached;

    /**
     * @param fatal the number of the message, from 1; 0 for none
     * @param kill returns when the client is gone
     */
    public Tollgate(int fatal, Moment moment, Runnable kill) {
        this("", fatal, moment, kill, Duration.ZERO);
    }

    private Tollgate(String counted, int fatal, Moment moment, Runnable kill, Duration pause) {
        this.counted = counted;
        this.fatal = fatal;
        this.moment = moment;
        this.kill = kill;
        this.pause = pause;
    }

    /** Nobody is killed, but everything takes its time. */
    public static Tollgate slow(Duration pause) {
        return new Tollgate("", 0, Moment.BEFORE, () -> { }, pause);
    }

    /**
     * Counts the COMMITs alone: a busy machine may cut a long message in two.
     *
     * @param fatal the number of the COMMIT, from 1
     */
    public static Tollgate atCommit(int fatal, Moment moment, Runnable kill) {
        return new Tollgate(COMMIT, fatal, moment, kill, Duration.ZERO);
    }

    /** @param happens before the first message that has this in it goes on */
    public static Tollgate meanwhile(String text, Runnable happens) {
        return meanwhile(text, 1, happens);
    }

    /** @param number which of the messages that have the text in them, from 1 */
    public static Tollgate meanwhile(String text, int number, Runnable happens) {
        return new Tollgate(text, number, Moment.MEANWHILE, happens, Duration.ZERO);
    }

    /** @return the URL of a server on this machine, with a port that leads to it through here */
    public String through(String url) throws IOException {
        int port = URI.create(url).getPort();
        return url.replace(":" + port, ":" + to(port));
    }

    /** @return the port on this machine that leads to the server's */
    public int to(int serverPort) throws IOException {
        ServerSocket gate = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        open.add(gate);
        SocketWork.start(() -> {
            while (true) {
                letThrough(gate.accept(), serverPort);
            }
        });
        return gate.getLocalPort();
    }

    /** Where the server has gone, the client is turned away, as it would be without the gate. */
    private void letThrough(Socket client, int serverPort) throws IOException {
        Socket server;
        try {
            server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        } catch (ConnectException gone) {
            client.close();
            return;
        }
        if (closed) {
            // Who comes while the gate closes, before its thread has woken, is let in by the kernel.
            client.close();
            server.close();
            return;
        }
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        new Passage(client, server).open();
    }

    /** What was sent, as text, but for what in it is none. */
    public List<String> messages() {
        return List.copyOf(messages);
    }

    /** Nothing goes through any more, not even by what is closed last. */
    @Override
    public void close() throws Exception {
        closed = true;
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
    }

    /** How many of those that are counted have come. */
    public int reached() {
        synchronized (messages) {
            return reached;
        }
    }

    /** @return which of those that are counted it is; 0 for any other */
    private int count(String message) {
        synchronized (messages) {
            messages.add(message);
            reached += message.contains(counted) ? 1 : 0;
            return message.contains(counted) ? reached : 0;
        }
    }

    /** One connection through the gate. */
    private final class Passage {

        private final Socket client;
        private final Socket server;
        private volatile boolean answerIsFatal;
        private volatile boolean unheard;

        Passage(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void open() {
            open.add(client);
            open.add(server);
            SocketWork.start(() -> forward(client.getInputStream(), server.getOutputStream(), this::onMessage));
            SocketWork.start(() -> forward(server.getInputStream(), client.getOutputStream(), this::onAnswer));
        }

        private void forward(InputStream from, OutputStream to, Toll toll) throws IOException {
            byte[] buffer = new byte[1 << 16];
            try {
                for (int length = from.read(buffer); length >= 0 && !closed; length = from.read(buffer)) {
                    toll.pass(to, buffer, length);
                }
            } finally {
                client.close();
                server.close();
            }
        }

        private void onMessage(OutputStream to, byte[] buffer, int length) throws IOException {
            int number = count(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
            boolean isFatal = number > 0 && number == fatal;
            if (isFatal && moment == Moment.BEFORE) {
                kill.run();
                throw new IOException("killed");
            }
            if (isFatal && moment == Moment.MEANWHILE) {
                kill.run();
            }
            answerIsFatal = isFatal && moment == Moment.AFTER;
            unheard = isFatal && moment == Moment.UNDERWAY;
            await();
            to.write(buffer, 0, length);
            if (isFatal && moment == Moment.UNDERWAY) {
                kill.run();
                throw new IOException("killed");
            }
        }

        private void await() throws IOException {
            try {
                Thread.sleep(pause.toMillis());
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        private void onAnswer(OutputStream to, byte[] buffer, int length) throws IOException {
            if (answerIsFatal) {
                kill.run();
                throw new IOException("killed");
            }
            if (!unheard) {
                to.write(buffer, 0, length);
            }
        }
    }

    @FunctionalInterface
    private interface Toll {
        void pass(OutputStream to, byte[] buffer, int length) throws IOException;
    }
}
