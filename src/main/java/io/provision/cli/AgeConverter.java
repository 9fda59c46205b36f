package io.provision.cli;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;

/** As {@link DurationConverter}, for what no server is told. */
final class AgeConverter implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
        return DurationConverter.read(text);
    }
}
