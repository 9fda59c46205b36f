package io.provision.report;

import io.provision.problem.Counted;
import io.provision.verify.Check;
import io.provision.verify.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * What a verification found, as a comment on a pull request: the verdict, each finding with its remedy, and folded away
 * what else is to be known. GitHub takes 65,536 characters; what does not fit is counted.
 */
public final class MarkdownReport {

    private static final int LONGEST = 60_000;
    private static final int SHORTEST_FENCE = 3;

    private final VerifiedRun run;
    private final Verdict verdict;

    public MarkdownReport(VerifiedRun run) {
        this.run = run;
        this.verdict = run.verdict();
    }

    public String text() {
        StringBuilder text = new StringBuilder();
        text.append("## ").append(verdict.ok() ? "✅ The gate is open" : "❌ The gate stays shut").append("\n\n");
        text.append("`provision verify` of **").append(escaped(run.ecosystem())).append("**: ")
                .append(summary()).append("\n\n");
        addFindings(text);
        addFolded("warning", verdict.warnings(), text);
        addFolded("note", verdict.notes(), text);
        return text.append("<sub>").append(escaped(String.join(", ", run.places())))
                .append(run.places().isEmpty() ? "" : " · ").append(run.at()).append(" · provision ")
                .append(escaped(run.version())).append("</sub>\n").toString();
    }

    private String summary() {
        String looked = "%s, %s, %s".formatted(
                Counted.of(verdict.instances().size(), "instance"),
                Counted.of(verdict.checks().size(), "check"),
                Counted.of(verdict.pairs(), "pair"));
        return verdict.ok()
                ? looked + "; all is there, and no instance reaches what is another's."
                : "**%s** and **%s** (%s).".formatted(
                        Counted.of(verdict.breaches().size(), "breach"),
                        Counted.of(verdict.faults().size(), "fault"),
                        looked);
    }

    private void addFindings(StringBuilder text) {
        List<String> findings = new ArrayList<>();
        BreachGroup.of(verdict.breaches()).forEach(group -> findings.add(finding(group)));
        verdict.faults().forEach(check -> findings.add(finding(check)));
        int told = 0;
        for (String finding : findings) {
            if (text.length() + finding.length() > LONGEST) {
                break;
            }
            text.append(finding);
            told++;
        }
        if (told < findings.size()) {
            text.append("… and ").append(findings.size() - told)
                    .append(" more: `-o junit`, `-o html` and `-o json` tell all.\n\n");
        }
    }

    private static String finding(BreachGroup group) {
        return "- **breach** %s → %s (%s): %s\n%s".formatted(
                escaped(group.from()),
                escaped(group.to()),
                group.store().id(),
                escaped(group.how()),
                fenced(group.remedy()));
    }

    private static String finding(Check check) {
        return "- **fault** %s, %s: %s\n%s".formatted(
                escaped(VerifiedRun.whose(check.instance())),
                escaped(check.name()),
                escaped(check.detail()),
                fenced(check.remedy().orElse("")));
    }

    /** Inside the item of the list that it belongs to. */
    private static String fenced(String remedy) {
        if (remedy.isEmpty()) {
            return "\n";
        }
        String fence = "`".repeat(Math.max(SHORTEST_FENCE, longestRun(remedy) + 1));
        String lines = Legible.colourless(remedy.strip()).replace("\n", "\n  ");
        return "  %s\n  %s\n  %s\n\n".formatted(fence, lines, fence);
    }

    private static int longestRun(String text) {
        int longest = 0;
        int run = 0;
        for (char c : text.toCharArray()) {
            run = c == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    private static void addFolded(String what, List<String> sentences, StringBuilder text) {
        if (sentences.isEmpty()) {
            return;
        }
        text.append("<details><summary>").append(Counted.of(sentences.size(), what)).append("</summary>\n\n");
        int told = 0;
        for (String sentence : sentences) {
            if (text.length() + sentence.length() > LONGEST) {
                text.append("- … and ").append(sentences.size() - told).append(" more\n");
                break;
            }
            text.append("- ").append(escaped(sentence)).append('\n');
            told++;
        }
        text.append("\n</details>\n\n");
    }

    /** As plain text, on one line: no markup, no HTML, and nobody is notified. */
    private static String escaped(String text) {
        return Legible.colourless(text.strip().replaceAll("\\R", " "))
                .replaceAll("\\s+", " ")
                .replaceAll("([\\\\`*_{}\\[\\]|~#])", "\\\\$1")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("@", "&#64;");
    }
}
