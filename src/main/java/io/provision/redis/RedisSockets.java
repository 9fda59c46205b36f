package io.provision.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Connects to each address of the host in turn, and encrypts where that is wanted. */
final class RedisSockets implements JedisSocketFactory {

    private final RedisTarget target;
    private final Optional<SSLSocketFactory> encryption;
    private final int patienceMillis;
    private final int answerMillis;

    RedisSockets(RedisTarget target, Duration patience, Duration answer) {
        this.target = target;
        this.encryption = target.tls() ? Optional.of(TlsSockets.from(target.files())) : Optional.empty();
        this.patienceMillis = (int) patience.toMillis();
        this.answerMillis = (int) answer.toMillis();
    }

    @Override
    public Socket createSocket() {
        IOException last = null;
        try {
            for (InetAddress address : InetAddress.getAllByName(target.host())) {
                try {
                    return connect(address);
                } catch (IOException e) {
                    last = e;
                }
            }
        } catch (IOException e) {
            last = e;
        }
        throw new JedisConnectionException(last);
    }

    private Socket connect(InetAddress address) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.connect(new InetSocketAddress(address, target.port()), patienceMillis);
            socket.setSoTimeout(patienceMillis);
            Socket ready = encryption.isPresent() ? encrypted(socket, encryption.get()) : socket;
            ready.setSoTimeout(answerMillis);
            return ready;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private Socket encrypted(Socket plain, SSLSocketFactory factory) throws IOException {
        SSLSocket socket = (SSLSocket) factory.createSocket(plain, target.host(), target.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        // Without it any certificate of a trusted authority would do, whoever's it is.
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }
}
