package io.provision.redis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/**
 * A certificate that is its own authority, and its key, as PEM files: made with the JDK's keytool, so that the tests
 * need nothing else.
 */
record TestCertificate(Path cert, Path key) {

    private static final String PASSPHRASE = "changeit";

    /** @param subject who it is for, as keytool takes it: {@code ip:127.0.0.1} */
    static TestCertificate forSubject(String subject, String algorithm, Path folder)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve("store.p12");
        Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair",
                        "-alias", "own",
                        "-keyalg", algorithm,
                        "-dname", "CN=test",
                        "-ext", "san=" + subject,
                        "-storetype", "PKCS12",
                        "-keystore", store.toString(),
                        "-storepass", PASSPHRASE))
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool failed: " + said);
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream stream = Files.newInputStream(store)) {
            keys.load(stream, PASSPHRASE.toCharArray());
        }
        byte[] cert = keys.getCertificate("own").getEncoded();
        byte[] key = keys.getKey("own", PASSPHRASE.toCharArray()).getEncoded();
        return new TestCertificate(
                pem(folder.resolve("cert.pem"), "CERTIFICATE", cert),
                pem(folder.resolve("key.pem"), "PRIVATE KEY", key));
    }

    private static Path pem(Path file, String kind, byte[] content) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return Files.writeString(file, "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(kind, body, kind));
    }
}
