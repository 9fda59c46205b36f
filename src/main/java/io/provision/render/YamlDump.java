package io.provision.render;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.emitter.Emitter;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.serializer.Serializer;

/**
 * What SnakeYAML writes. Its own {@code Yaml} can read as well, and for that makes a logger, for which Java looks
 * through all jars: that takes as long as to write a thousand services.
 */
record YamlDump(DumperOptions options) {

    String dump(Object value) {
        Representer representer = new Representer(options);
        representer.setDefaultFlowStyle(options.getDefaultFlowStyle());
        representer.setDefaultScalarStyle(options.getDefaultScalarStyle());
        StringWriter text = new StringWriter();
        Serializer serializer = new Serializer(new Emitter(text, options), new YamlWords(), options, null);
        try {
            serializer.open();
            serializer.serialize(representer.represent(value));
            serializer.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a text is written to memory", e);
        }
        return text.toString();
    }
}
