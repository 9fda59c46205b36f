package io.provision.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code 500ms}, {@code 2s}, {@code 5m} or {@code 5min}, {@code 1h}. */
final class DurationConverter implements ITypeConverter<Duration> {

    /** PostgreSQL counts milliseconds in 32 bits. */
    private static final Duration LONGEST = Duration.ofHours(596);

    /** Compiled where one is written, which is seldom. */
    private static final String FORM = "(\\d{1,9}) ?(ms|s|m|min|h)";

    @Override
    public Duration convert(String text) {
        Duration duration = read(text);
        if (duration.compareTo(LONGEST) > 0) {
            throw new TypeConversionException("`" + text + "` is more than the 596h that a server takes");
        }
        return duration;
    }

    /** However long. */
    static Duration read(String text) {
        Matcher matcher = Pattern.compile(FORM).matcher(text);
        if (!matcher.matches()) {
            throw new TypeConversionException("`" + text + "` is no duration: write 500ms, 2s, 5min or 1h");
        }
        return duration(Long.parseLong(matcher.group(1)), matcher.group(2));
    }

    private static Duration duration(long number, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofMinutes(number);
        };
    }
}
