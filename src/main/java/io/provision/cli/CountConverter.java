package io.provision.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number from 1 to 1000. */
final class CountConverter implements ITypeConverter<Integer> {

    private static final int MOST = 1000;

    @Override
    public Integer convert(String text) {
        int count = text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
        if (count < 1 || count > MOST) {
            throw new TypeConversionException("`" + text + "` is not a number from 1 to " + MOST);
        }
        return count;
    }
}
