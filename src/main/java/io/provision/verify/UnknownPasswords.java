package io.provision.verify;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Logins that nobody here knows the password of: often those of all instances, which is one warning. */
final class UnknownPasswords {

    private static final int NAMED = 3;

    private final Map<String, String> logins = new LinkedHashMap<>();

    void add(String instance, String login) {
        logins.put(instance, login);
    }

    /**
     * None, or one warning.
     *
     * @param ofOne takes the instance and the login
     * @param ofSeveral takes how many instances, and the first of them
     */
    List<String> told(String ofOne, String ofSeveral) {
        if (logins.size() > 1) {
            return List.of(ofSeveral.formatted(logins.size(), first()));
        }
        return logins.entrySet().stream().map(one -> ofOne.formatted(one.getKey(), one.getValue())).toList();
    }

    private String first() {
        Stream<String> named = logins.entrySet().stream()
                .limit(NAMED)
                .map(each -> "%s (%s)".formatted(each.getKey(), each.getValue()));
        int more = logins.size() - NAMED;
        return Stream.concat(named, more > 0 ? Stream.of(more + " more") : Stream.of())
                .collect(Collectors.joining(", "));
    }
}
