package io.provision.postgres;

import io.provision.plan.SqlScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What {@link ScriptRunner} runs, as a script for a person to run by hand. Several threads may ask. */
public final class ShownScripts {

    private final Map<String, List<String>> split = new ConcurrentHashMap<>();

    /** One file is shown for all instances of a service: where it is the same for all, it is split once. */
    public List<String> of(SqlScript script, ScriptContext context) {
        String text = ScriptText.filled(script, context);
        List<String> statements = new ArrayList<>(ScriptRunner.prologue(context));
        statements.addAll(text.equals(script.text())
                ? split.computeIfAbsent(text, ScriptText::statements)
                : ScriptText.statements(text));
        statements.add(ScriptRunner.FIRE_DEFERRED);
        statements.addAll(ScriptRunner.epilogue());
        return statements;
    }
}
