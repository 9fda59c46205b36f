package io.provision.redis;

import java.util.List;

/** What is said of a user's password in one {@code ACL SETUSER}. */
public enum PasswordWord {
    /** It is valid, too. */
    ADD("#"),
    /** It is valid no more. */
    TAKE("!"),
    /** It alone is valid. */
    LEAVE_ALONE("resetpass", "#");

    private final List<String> words;

    PasswordWord(String... words) {
        this.words = List.of(words);
    }

    /** @return the words behind {@code ACL} */
    List<String> words(String user, PasswordHash password) {
        String last = words.get(words.size() - 1) + password.word().substring(1);
        return words.size() == 1
                ? List.of("SETUSER", user, last)
                : List.of("SETUSER", user, words.get(0), last);
    }

    /** Whether a server that refuses it has what it was to have: what is not there need not be taken. */
    boolean isDoneDespite(String refusal) {
        return this == TAKE && refusal.contains("does not exist");
    }
}
