package io.provision.postgres;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * HMAC-SHA-256 under one key (RFC 2104, FIPS 180-4), for who computes thousands in a row: what the key contributes is
 * hashed once, not with each of them. A password's 4,096 rounds took half the time of {@code MessageDigest}s that are
 * cloned, and a third of {@code Mac}'s, in Java 17 and 25 with the compiler that the launcher chooses (C1), which does
 * not know the processor's own instructions for them.
 */
final class HmacSha256 {

    private static final int BLOCK = 64;
    static final int SIZE = 32;
    private static final int[] START = fractionsOfRoots(8, 2);
    private static final int[] ROUND = fractionsOfRoots(64, 3);

    private final int[] inner;
    private final int[] outer;

    /** Of the message schedule; here, so that none is made for each block. */
    private final int[] words = new int[BLOCK];

    /** @param key at most 64 bytes are taken as they are; longer ones are not taken */
    HmacSha256(byte[] key) {
        if (key.length > BLOCK) {
            throw new IllegalArgumentException("a key of more than %d bytes".formatted(BLOCK));
        }
        inner = padded(key, 0x36);
        outer = padded(key, 0x5c);
    }

    /** The first 32 bits of the fractional parts of the first primes' roots, as the standard defines its constants. */
    private static int[] fractionsOfRoots(int count, int degree) {
        int[] fractions = new int[count];
        int found = 0;
        for (int candidate = 2; found < count; candidate++) {
            int number = candidate;
            if (IntStream.range(2, candidate).allMatch(divisor -> number % divisor != 0)) {
                double root = degree == 2 ? Math.sqrt(number) : Math.cbrt(number);
                fractions[found++] = (int) (long) ((root - Math.floor(root)) * (1L << 32));
            }
        }
        return fractions;
    }

    private int[] padded(byte[] key, int pad) {
        byte[] block = Arrays.copyOf(key, BLOCK);
        for (int i = 0; i < BLOCK; i++) {
            block[i] ^= (byte) pad;
        }
        int[] state = START.clone();
        take(state, ByteBuffer.wrap(block));
        Arrays.fill(block, (byte) 0);
        return state;
    }

    private void take(int[] state, ByteBuffer block) {
        for (int i = 0; i < 16; i++) {
            words[i] = block.getInt();
        }
        compress(state);
    }

    /** @param message of any length */
    byte[] of(byte[] message) {
        ByteBuffer result = ByteBuffer.allocate(SIZE);
        for (int word : words(message)) {
            result.putInt(word);
        }
        return result.array();
    }

    byte[] of(String message) {
        return of(message.getBytes(StandardCharsets.US_ASCII));
    }

    private int[] words(byte[] message) {
        int[] state = inner.clone();
        int blocks = (message.length + 8) / BLOCK + 1;
        ByteBuffer padded = ByteBuffer.allocate(blocks * BLOCK).put(message).put((byte) 0x80);
        padded.putLong(padded.capacity() - 8, 8L * (BLOCK + message.length)).rewind();
        for (int i = 0; i < blocks; i++) {
            take(state, padded);
        }
        return outerOf(state);
    }

    /** The same of a message that is a MAC itself, in the words that it was given in; nothing new is made. */
    private void next(int[] mac, int[] hash) {
        System.arraycopy(inner, 0, hash, 0, 8);
        takeMac(hash, mac);
        System.arraycopy(outer, 0, mac, 0, 8);
        takeMac(mac, hash);
    }

    private int[] outerOf(int[] hash) {
        int[] state = outer.clone();
        takeMac(state, hash);
        return state;
    }

    private void takeMac(int[] state, int[] mac) {
        System.arraycopy(mac, 0, words, 0, 8);
        words[8] = 0x80000000;
        Arrays.fill(words, 9, 15, 0);
        words[15] = 8 * (BLOCK + SIZE);
        compress(state);
    }

    private void compress(int[] state) {
        int[] w = words;
        for (int t = 16; t < 64; t++) {
            int x = w[t - 15];
            int y = w[t - 2];
            w[t] = w[t - 16] + (Integer.rotateRight(x, 7) ^ Integer.rotateRight(x, 18) ^ (x >>> 3))
                    + w[t - 7] + (Integer.rotateRight(y, 17) ^ Integer.rotateRight(y, 19) ^ (y >>> 10));
        }
        int a = state[0];
        int b = state[1];
        int c = state[2];
        int d = state[3];
        int e = state[4];
        int f = state[5];
        int g = state[6];
        int h = state[7];
        for (int t = 0; t < 64; t++) {
            int sum1 = Integer.rotateRight(e, 6) ^ Integer.rotateRight(e, 11) ^ Integer.rotateRight(e, 25);
            int t1 = h + sum1 + (e & f ^ ~e & g) + ROUND[t] + w[t];
            int sum0 = Integer.rotateRight(a, 2) ^ Integer.rotateRight(a, 13) ^ Integer.rotateRight(a, 22);
            int t2 = sum0 + (a & b ^ a & c ^ b & c);
            h = g;
            g = f;
            f = e;
            e = d + t1;
            d = c;
            c = b;
            b = a;
            a = t1 + t2;
        }
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }

    /**
     * PBKDF2 with this key as the password (RFC 8018), of one block: {@code Hi} of SCRAM (RFC 5802).
     *
     * @param iterations at least 1
     */
    byte[] stretched(byte[] salt, int iterations) {
        int[] mac = words(ByteBuffer.allocate(salt.length + 4).put(salt).putInt(1).array());
        int[] sum = mac.clone();
        int[] hash = new int[8];
        for (int i = 1; i < iterations; i++) {
            next(mac, hash);
            for (int word = 0; word < 8; word++) {
                sum[word] ^= mac[word];
            }
        }
        ByteBuffer result = ByteBuffer.allocate(SIZE);
        for (int word : sum) {
            result.putInt(word);
        }
        return result.array();
    }
}
