package io.provision.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** One of a few words; any other is answered with those that there are. */
final class WordConverter<T> implements ITypeConverter<T> {

    private final Map<String, T> values;

    private WordConverter(Map<String, T> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    static <T> WordConverter<T> of(T[] values, Function<T, String> word) {
        Map<String, T> byWord = new LinkedHashMap<>();
        for (T value : values) {
            byWord.put(word.apply(value), value);
        }
        return new WordConverter<>(byWord);
    }

    @Override
    public T convert(String text) {
        if (!values.containsKey(text)) {
            throw new TypeConversionException("`" + text + "` is none of " + String.join(", ", values.keySet()));
        }
        return values.get(text);
    }
}
