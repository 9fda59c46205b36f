package io.provision.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code redis-cli --pipe}; where there is none, the same bytes over a socket, and nothing of a start. */
final class RedisPipe {

    private final Optional<Path> program = Machine.find("redis-cli");

    String description() {
        return program.map(Path::toString).orElse("none: the same bytes over a socket");
    }

    void run(Path commands, int count, URI server, Path log) throws IOException, InterruptedException {
        if (program.isPresent()) {
            Machine.run(
                    List.of("sh", "-c", "exec \"$0\" --pipe -h 127.0.0.1 -p \"$1\" <\"$2\"", program.get().toString(),
                            Integer.toString(server.getPort()), commands.toString()),
                    Map.of("REDISCLI_AUTH", password(server)), log);
        } else {
            send(Files.readAllBytes(commands), count, server);
        }
    }

    private static String password(URI server) {
        return server.getUserInfo().split(":", 2)[1];
    }

    private static void send(byte[] commands, int count, URI server) throws IOException, InterruptedException {
        try (Socket socket = new Socket("127.0.0.1", server.getPort())) {
            socket.setSoTimeout(60_000);
            Thread writer = new Thread(() -> write(commands, server, socket));
            writer.start();
            InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            for (int i = 0; i <= count; i++) {
                skipAnswer(in);
            }
            writer.join();
        }
    }

    private static void write(byte[] commands, URI server, Socket socket) {
        try {
            socket.getOutputStream().write(bytes(List.of(List.of("AUTH", password(server)))));
            socket.getOutputStream().write(commands);
        } catch (IOException broken) {
            // The reader finds the end of the answers, and says so.
            return;
        }
    }

    private static void skipAnswer(InputStream in) throws IOException {
        String head = line(in);
        switch (head.charAt(0)) {
            case '+', ':' -> { }
            case '$' -> in.skipNBytes(head.equals("$-1") ? 0 : Integer.parseInt(head.substring(1)) + 2);
            case '*' -> {
                for (int rest = Integer.parseInt(head.substring(1)); rest > 0; rest--) {
                    skipAnswer(in);
                }
            }
            default -> throw new IOException("Redis says: " + head);
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\r'; b = in.read()) {
            if (b < 0) {
                throw new IOException("Redis ended the connection");
            }
            line.write(b);
        }
        in.read();
        return line.toString(StandardCharsets.UTF_8);
    }

    /** As Redis takes them. */
    static byte[] bytes(List<List<String>> commands) {
        StringBuilder text = new StringBuilder();
        for (List<String> command : commands) {
            text.append('*').append(command.size()).append("\r\n");
            command.forEach(word -> text.append('$').append(word.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n").append(word).append("\r\n"));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
