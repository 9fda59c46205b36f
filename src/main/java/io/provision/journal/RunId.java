package io.provision.journal;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;

/** Makes the ids of runs: the second in UTC, then 32 random bits, so that they sort by time and people can say them. */
public final class RunId {

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private RunId() {}

    public static String next(Clock clock) {
        byte[] random = new byte[4];
        new SecureRandom().nextBytes(random);
        return SECOND.format(clock.instant()) + "-" + HexFormat.of().formatHex(random);
    }
}
