package io.provision.status;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times as services write them: RFC 3339, Python's {@code isoformat} (without an offset it is UTC), or seconds,
 * milliseconds, microseconds or nanoseconds since 1970, told apart by their size.
 */
final class TimestampText {

    private static final Pattern NUMBER = Pattern.compile("(\\d{9,19})(?:\\.\\d*)?");

    private static final DateTimeFormatter DATE_TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart()
            .appendOffset("+HH:MM", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHMM", "Z")
            .optionalEnd()
            .toFormatter();

    private TimestampText() {}

    static Optional<Instant> read(String text) {
        Matcher number = NUMBER.matcher(text);
        try {
            if (number.matches()) {
                return Optional.of(sinceEpoch(Long.parseLong(number.group(1)), number.group(1).length()));
            }
            String isoForm = text.indexOf(' ') == 10 ? text.replaceFirst(" ", "T") : text;
            TemporalAccessor read =
                    DATE_TIME.parseBest(isoForm, OffsetDateTime::from, LocalDateTime::from);
            return Optional.of(read instanceof LocalDateTime local
                    ? local.toInstant(ZoneOffset.UTC)
                    : Instant.from(read));
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Instant sinceEpoch(long number, int digits) {
        if (digits <= 11) {
            return Instant.ofEpochSecond(number);
        }
        if (digits <= 14) {
            return Instant.ofEpochMilli(number);
        }
        return digits <= 17
                ? Instant.ofEpochSecond(number / 1_000_000, number % 1_000_000 * 1_000)
                : Instant.ofEpochSecond(number / 1_000_000_000, number % 1_000_000_000);
    }
}
