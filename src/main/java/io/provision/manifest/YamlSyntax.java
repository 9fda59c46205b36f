package io.provision.manifest;

import io.provision.problem.Place;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/** What is not even YAML, told for people who write it by hand. */
final class YamlSyntax {

    private final SourceFile source;
    private final Faults faults;

    YamlSyntax(SourceFile source, Faults faults) {
        this.source = source;
        this.faults = faults;
    }

    /** Tells every line with a tab outside of quotes and comments. */
    boolean hasTabs() {
        boolean found = false;
        if (source.text().indexOf('\t') < 0) {
            return false;
        }
        List<String> lines = source.text().lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            int tab = line.indexOf('\t');
            if (tab >= 0 && line.substring(0, tab).chars().noneMatch(c -> "#'\"".indexOf(c) >= 0)
                    && !line.isBlank()) {
                faults.error(new Place(source.name(), i + 1, tab + 1), "there is a tab", "YAML wants spaces");
                found = true;
            }
        }
        return found;
    }

    void tell(YAMLException fault) {
        if (fault instanceof MarkedYAMLException marked) {
            Optional<Mark> mark = Optional.ofNullable(marked.getProblemMark())
                    .or(() -> Optional.ofNullable(marked.getContextMark()));
            Place place = mark.map(m -> new Place(source.name(), m.getLine() + 1, m.getColumn() + 1))
                    .orElse(Place.of(source.name()));
            faults.error(place, "this is not YAML: " + marked.getProblem(), remedy(place));
        } else if (fault instanceof ReaderException reader) {
            int position = Math.min(reader.getPosition(), source.text().codePointCount(0, source.text().length()));
            int end = source.text().offsetByCodePoints(0, position);
            faults.error(SourceFile.placeBehind(source.name(), source.text().substring(0, end)),
                    "there is a character that YAML does not take (code %d)".formatted(reader.getCodePoint()),
                    "take it away, or write it as an escape in double quotes");
        } else {
            faults.error(Place.of(source.name()), "this is not YAML that can be read: " + fault.getMessage(),
                    "make it simpler");
        }
    }

    private String remedy(Place place) {
        String line = source.text().lines().skip(Math.max(0, place.line() - 1)).findFirst().orElse("");
        if (line.contains("${") && line.contains("{")) {
            return "inside { } and [ ] a variable wants quotes: \"${NAME}\"";
        }
        return "look at this line and the one before: indentation, quotes, a missing `: `";
    }
}
