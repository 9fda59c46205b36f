package io.provision.render;

import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Tells what some reader takes for no text where it stands without quotes: SnakeYAML knows numbers, dates and words of
 * YAML 1.1, docker compose those of YAML 1.2 as well, and Python the sign {@code =}.
 */
final class YamlWords extends Resolver {

    private static final int LONGEST = 1_024;

    /** Rather too many: quotes do no harm. */
    private static final Pattern NUMBER = Pattern.compile(
            "[-+]?(0[box][0-9a-f_]+|[0-9][0-9_]*(\\.[0-9_]*)?(e[-+]?[0-9]+)?)", Pattern.CASE_INSENSITIVE);
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([ Tt].*)?");
    private static final Pattern DEFAULT = Pattern.compile("=");

    @Override
    protected void addImplicitResolvers() {
        super.addImplicitResolvers();
        addImplicitResolver(Tag.FLOAT, NUMBER, "-+0123456789", LONGEST);
        addImplicitResolver(Tag.TIMESTAMP, DATE, "0123456789", LONGEST);
        addImplicitResolver(new Tag(Tag.PREFIX + "value"), DEFAULT, "=", LONGEST);
    }
}
