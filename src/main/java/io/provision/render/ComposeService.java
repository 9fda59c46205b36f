package io.provision.render;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a compose file says of one service, as far as a manifest can say it, too. Values have their variables' defaults
 * filled in; {@link #UNKNOWN} stands where there is none.
 *
 * @param name its key in the compose file
 * @param environment by name; empty for what compose takes from its own environment
 * @param hostPorts by the port in the container
 * @param otherPorts as they are written: ranges, and what variables without a default are in
 * @param mounts the host's folder, or a volume's name, by its place in the container
 * @param elsewhere the keys behind which further settings of it are, which are not looked into
 */
record ComposeService(
        String name,
        Map<String, Optional<String>> environment,
        Map<Integer, Integer> hostPorts,
        List<String> otherPorts,
        Map<String, String> mounts,
        List<String> elsewhere) {

    /** No text that a file can hold has this character. */
    static final char UNKNOWN = '\0';

    /** Of a reference in braces, what stands before its word. */
    private static final Pattern REFERENCE = Pattern.compile(
            "\\$\\$|(?<brace>\\$\\{)[A-Za-z_][A-Za-z0-9_]*(?<operator>:?[-?+])?|\\$[A-Za-z_][A-Za-z0-9_]*");
    private static final int DEEPEST_DEFAULT = 20;
    private static final int LARGEST_PORT = 65_535;
    private static final Pattern PORT = Pattern.compile("(?:.*:)?(?<host>\\d+):(?<container>\\d+)(?:/tcp)?");

    ComposeService {
        environment = Map.copyOf(environment);
        hostPorts = new LinkedHashMap<>(hostPorts);
        otherPorts = List.copyOf(otherPorts);
        elsewhere = List.copyOf(elsewhere);
        mounts = new LinkedHashMap<>(mounts);
    }

    static ComposeService of(String name, Map<?, ?> service) {
        Map<Integer, Integer> ports = new LinkedHashMap<>();
        List<String> otherPorts = new ArrayList<>();
        for (Object port : service.get("ports") instanceof List<?> list ? list : List.of()) {
            if (port != null && !readPort(port, ports)) {
                otherPorts.add(portText(port, ComposeService::text));
            }
        }
        return new ComposeService(
                name, environment(service.get("environment")), ports, otherPorts, mounts(service.get("volumes")),
                Stream.of("env_file", "extends").filter(service::containsKey).toList());
    }

    /** @return the value, where the file says it */
    Optional<String> variable(String variable) {
        return environment.getOrDefault(variable, Optional.empty())
                .filter(value -> !value.isEmpty() && value.indexOf(UNKNOWN) < 0);
    }

    /** The host's port of what the service listens on, which the variable says or else is the usual one. */
    OptionalInt hostPort(String variable, int usual) {
        int container = variable(variable).filter(text -> text.matches("\\d{1,5}")).map(Integer::parseInt)
                .orElse(usual);
        return hostPorts.containsKey(container) ? OptionalInt.of(hostPorts.get(container)) : OptionalInt.empty();
    }

    private static Map<String, Optional<String>> environment(Object said) {
        Map<String, Optional<String>> variables = new LinkedHashMap<>();
        if (said instanceof Map<?, ?> map) {
            map.forEach((name, value) -> variables.put(text(name), Optional.ofNullable(value).map(v -> filled(v))));
        } else if (said instanceof List<?> list) {
            for (Object line : list) {
                String[] parts = text(line).split("=", 2);
                variables.put(parts[0], parts.length < 2 ? Optional.empty() : Optional.of(filled(parts[1])));
            }
        }
        return variables;
    }

    private static boolean readPort(Object port, Map<Integer, Integer> hostPorts) {
        Matcher matcher = PORT.matcher(portText(port, ComposeService::filled));
        return matcher.matches() && isPort(matcher.group("host")) && isPort(matcher.group("container"))
                && hostPorts.putIfAbsent(
                        Integer.parseInt(matcher.group("container")), Integer.parseInt(matcher.group("host"))) == null;
    }

    private static String portText(Object port, Function<Object, String> text) {
        return port instanceof Map<?, ?> form
                ? text.apply(form.get("published")) + ":" + text.apply(form.get("target"))
                : text.apply(port);
    }

    private static boolean isPort(String digits) {
        return digits.length() < 6 && Integer.parseInt(digits) > 0 && Integer.parseInt(digits) <= LARGEST_PORT;
    }

    private static Map<String, String> mounts(Object said) {
        Map<String, String> mounts = new LinkedHashMap<>();
        for (Object volume : said instanceof List<?> list ? list : List.of()) {
            String source;
            String target;
            if (volume instanceof Map<?, ?> form) {
                source = filled(form.get("source"));
                target = Optional.ofNullable(form.get("target")).map(ComposeService::filled).orElse("");
            } else {
                String[] parts = filled(volume).split(":", 3);
                source = parts[0];
                target = parts.length < 2 ? "" : parts[1];
            }
            if (!target.isEmpty()) {
                mounts.put(target, source);
            }
        }
        return mounts;
    }

    /** A single value as text. A map or a list is none, and may be without end: aliases can nest. */
    static String text(Object value) {
        return value instanceof Map || value instanceof Collection
                ? String.valueOf(UNKNOWN)
                : String.valueOf(value);
    }

    private static String filled(Object value) {
        return filled(text(value), 0);
    }

    private static String filled(String text, int depth) {
        StringBuilder filled = new StringBuilder();
        Matcher reference = REFERENCE.matcher(text);
        int at = 0;
        while (reference.find(at)) {
            filled.append(text, at, reference.start());
            at = reference.group("brace") == null
                    ? reference.end()
                    : EnvValue.endOfBraces(text, reference.start());
            filled.append(meaning(text, reference, at, depth));
        }
        return filled.append(text, at, text.length()).toString();
    }

    /** @param end of the reference, with its word and its brace */
    private static String meaning(String text, Matcher reference, int end, int depth) {
        if (reference.group().equals("$$")) {
            return "$";
        }
        String operator = Optional.ofNullable(reference.group("operator")).orElse("");
        return operator.endsWith("-") && end > reference.end() && depth < DEEPEST_DEFAULT
                ? filled(text.substring(reference.end(), end - 1), depth + 1)
                : String.valueOf(UNKNOWN);
    }

    /**
     * The prefix of a Python adapter's own variables. One variable with a prefix may be chance; the same prefix before
     * two of them is not.
     */
    Optional<String> adapterPrefix() {
        Set<String> known = Set.of(
                "SCHEMA_NAME", "REDIS_NAMESPACE", "POSTGRES_URL", "REDIS_URL", "SERVICE_INSTANCE_NAME");
        Map<String, Set<String>> byPrefix = environment.keySet().stream()
                .flatMap(variable -> known.stream()
                        .filter(name -> variable.endsWith("_" + name))
                        .map(name -> Map.entry(variable.substring(0, variable.length() - name.length()), name)))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey,
                        Collectors.mapping(Map.Entry::getValue, Collectors.toCollection(LinkedHashSet::new))));
        return byPrefix.entrySet().stream()
                .filter(prefix -> prefix.getValue().size() > 1)
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst();
    }

    /** The variable behind the adapter's prefix, or else bare. */
    Optional<String> adapterVariable(String variable) {
        return adapterNames(variable).flatMap(name -> variable(name).stream()).findFirst();
    }

    /** What a variable may be called that the adapter reads. */
    Stream<String> adapterNames(String variable) {
        return Stream.concat(adapterPrefix().stream().map(prefix -> prefix + variable), Stream.of(variable));
    }
}
