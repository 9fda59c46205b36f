package io.provision.redis;

import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Reads the PEM files of an encrypted connection. */
final class TlsSockets {

    private static final Pattern KEY = Pattern.compile(
            "-----BEGIN (?<kind>[A-Z ]*)PRIVATE KEY-----(?<body>[^-]*)-----END", Pattern.DOTALL);
    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "Ed25519");

    /** Protects a key in memory only; Java wants one. */
    private static final char[] NO_PASSPHRASE = {};

    private TlsSockets() {}

    /** @throws ProvisionException USAGE, where a file is missing or is not what it should be */
    static SSLSocketFactory from(TlsFiles files) {
        try {
            // An absent one means Java's own: null, in this API.
            TrustManager[] trusted = files.ca().isPresent() ? trusted(files.ca().get()) : null;
            KeyManager[] own = files.cert().isPresent() ? own(files.cert().get(), files.key().orElseThrow()) : null;
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own, trusted, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException | IOException e) {
            throw new ProvisionException(
                    ExitCode.USAGE,
                    List.of(Problem.error("The files of `redis.tls` do not go together: " + e.getMessage())
                            .remedy("check that `key` is the key of `cert`")),
                    e);
        }
    }

    private static TrustManager[] trusted(Path ca) throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        for (Certificate certificate : certificates(ca, "redis.tls.ca")) {
            store.setCertificateEntry(Integer.toString(store.size()), certificate);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyManager[] own(Path cert, Path key) throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        Certificate[] chain = certificates(cert, "redis.tls.cert").toArray(Certificate[]::new);
        store.setKeyEntry("own", privateKey(key), NO_PASSPHRASE, chain);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSPHRASE);
        return factory.getKeyManagers();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSPHRASE);
        return store;
    }

    private static List<Certificate> certificates(Path file, String setting) {
        try (InputStream stream = Files.newInputStream(file)) {
            List<Certificate> found =
                    List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(stream));
            if (found.isEmpty()) {
                throw unusable(setting, file, "it holds no certificate");
            }
            return found;
        } catch (IOException e) {
            throw unusable(setting, file, unread(e));
        } catch (GeneralSecurityException e) {
            throw unusable(setting, file, "it holds no certificate in PEM form");
        }
    }

    private static PrivateKey privateKey(Path file) throws GeneralSecurityException {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw unusable("redis.tls.key", file, unread(e));
        }
        Matcher pem = KEY.matcher(text);
        if (!pem.find()) {
            throw unusable("redis.tls.key", file, "it holds no private key in PEM form");
        }
        if (!pem.group("kind").isEmpty()) {
            throw unusable("redis.tls.key", file, "its key is not in plain PKCS #8 form: rewrite it with `openssl pkcs8"
                    + " -topk8 -nocrypt`");
        }
        return decoded(file, pem.group("body"));
    }

    private static PrivateKey decoded(Path file, String body) throws GeneralSecurityException {
        PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(body));
        for (String algorithm : KEY_ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (InvalidKeySpecException e) {
                // It is a key of another algorithm; the form itself does not tell.
            }
        }
        throw unusable("redis.tls.key", file, "its key is none of " + String.join(", ", KEY_ALGORITHMS));
    }

    private static String unread(IOException e) {
        return e instanceof NoSuchFileException ? "it is not there" : "it cannot be read";
    }

    private static ProvisionException unusable(String setting, Path file, String why) {
        return new ProvisionException(
                ExitCode.USAGE,
                Problem.error("`%s` cannot be used: %s: %s".formatted(setting, file, why))
                        .remedy("give a PEM file that this user may read"));
    }
}
