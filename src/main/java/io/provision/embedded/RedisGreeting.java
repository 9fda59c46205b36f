package io.provision.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks a Redis whether it is ready; over a bare socket, as Jedis is for the package {@code redis} alone. */
final class RedisGreeting {

    private static final int PATIENCE_MILLIS = 2000;

    private RedisGreeting() {}

    /** False while it is loading its data, or not there yet. */
    static boolean isAnswered(int port, String password) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(("AUTH " + password + "\r\nPING\r\n").getBytes(StandardCharsets.US_ASCII));
            BufferedReader answers = new BufferedReader(
                    new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            answers.readLine();
            return "+PONG".equals(answers.readLine());
        } catch (IOException notYet) {
            return false;
        }
    }
}
