package io.provision.redis;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.Response;

/**
 * An instance's own Redis user, to try its namespace with. Its text has no password in it.
 *
 * @param namespace without the colon that follows it
 * @param user the ACL user's name, whether it stands or not
 * @param password as the manifest knows it; {@link #wipe()} ends its life
 * @param certain whether it must be the user's: what the tool generated is not, where the user stood before with a
 *     password of its own
 * @param made whether this run made the user, so that nobody need ask whether it stands
 */
public record NamespaceOwner(String namespace, String user, char[] password, boolean certain, boolean made) {

    public NamespaceOwner {
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
    }

    /** One that may stand or not, and whose password must be right. */
    public NamespaceOwner(String namespace, String user, char[] password) {
        this(namespace, user, password, true, false);
    }

    public void wipe() {
        Arrays.fill(password, '\0');
    }

    /** Makes the connection this user's from here on; where it is refused, it stays whose it was. */
    Response<?> logIn(Pipeline pipeline) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
        byte[] secret = Arrays.copyOf(encoded.array(), encoded.limit());
        try {
            return pipeline.sendCommand(Protocol.Command.AUTH, user.getBytes(StandardCharsets.UTF_8), secret);
        } finally {
            Arrays.fill(encoded.array(), (byte) 0);
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** A server's own words, with stars wherever it repeats the password to us. */
    String withoutPassword(String text) {
        return password.length == 0 ? text : text.replace(CharBuffer.wrap(password), "***");
    }

    @Override
    public String toString() {
        return user + " of " + namespace;
    }
}
