package io.provision.report;

import io.provision.verify.Breach;
import io.provision.verify.Check;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * What a verification found, as pipelines read test results: a suite for each instance with its checks, and one with a
 * test for each instance that it reaches no other. The form is that of Ant's JUnit task, which Jenkins, GitLab and
 * GitHub's actions take.
 */
public final class JUnitReport {

    private static final String ISOLATION = "isolation";

    private final VerifiedRun run;

    public JUnitReport(VerifiedRun run) {
        this.run = run;
    }

    /** @param failure empty where it holds */
    private record Case(String of, String name, String failure, String more) {

        boolean fails() {
            return !failure.isEmpty();
        }
    }

    /** @param told beside the cases; empty for nothing */
    private record Suite(String name, List<Case> cases, String told) {}

    public String xml() {
        StringWriter text = new StringWriter();
        xml(text);
        return text.toString();
    }

    /** @param out stays open, and is flushed */
    public void xml(Writer out) {
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out);
            xml.writeStartDocument("UTF-8", "1.0");
            write(suites(), xml);
            xml.writeEndDocument();
            xml.flush();
            out.append('\n').flush();
        } catch (XMLStreamException e) {
            throw new UncheckedIOException(
                    e.getNestedException() instanceof IOException refused ? refused : new IOException(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An instance may be called like the last one. */
    private List<Suite> suites() {
        Map<String, List<Case>> suites = new LinkedHashMap<>();
        run.verdict().instances().forEach(instance -> suites.put(instance, new ArrayList<>()));
        for (Check check : run.verdict().checks()) {
            String whose = VerifiedRun.whose(check.instance());
            suites.computeIfAbsent(whose, w -> new ArrayList<>()).add(new Case(
                    whose, check.name(), check.ok() ? "" : check.detail(), check.remedy().orElse("")));
        }
        List<Suite> all = new ArrayList<>();
        suites.forEach((whose, cases) -> all.add(new Suite(whose, cases, "")));
        all.add(new Suite(ISOLATION, isolation(), remarks()));
        return all;
    }

    private List<Case> isolation() {
        Map<String, List<Breach>> from = new LinkedHashMap<>();
        run.verdict().instances().forEach(instance -> from.put(instance, new ArrayList<>()));
        run.verdict().breaches().forEach(breach ->
                from.computeIfAbsent(breach.from(), f -> new ArrayList<>()).add(breach));
        return from.entrySet().stream().map(entry -> isolation(entry.getKey(), entry.getValue())).toList();
    }

    private static Case isolation(String from, List<Breach> breaches) {
        String reached = breaches.stream()
                .map(breach -> breach.to().equals(Breach.EVERY) ? "every other instance" : breach.to())
                .distinct()
                .collect(Collectors.joining(", "));
        return new Case(
                VerifiedRun.whose(from),
                "reaches no other instance",
                reached.isEmpty() ? "" : "reaches " + reached,
                breaches.stream()
                        .map(breach -> BreachGroup.one(breach).sentence() + "\n" + breach.remedy())
                        .collect(Collectors.joining("\n\n")));
    }

    private void write(List<Suite> suites, XMLStreamWriter xml) throws XMLStreamException {
        xml.writeStartElement("testsuites");
        xml.writeAttribute("name", printable("provision verify: " + run.ecosystem()));
        count(suites.stream().flatMap(suite -> suite.cases().stream()).toList(), xml);
        for (Suite suite : suites) {
            write(suite, xml);
        }
        xml.writeEndElement();
    }

    private void write(Suite suite, XMLStreamWriter xml) throws XMLStreamException {
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", printable(suite.name()));
        count(suite.cases(), xml);
        xml.writeAttribute("timestamp", run.at().toString());
        for (Case one : suite.cases()) {
            write(one, xml);
        }
        if (!suite.told().isEmpty()) {
            xml.writeStartElement("system-out");
            xml.writeCharacters(printable(suite.told()));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static void count(List<Case> cases, XMLStreamWriter xml) throws XMLStreamException {
        xml.writeAttribute("tests", Integer.toString(cases.size()));
        xml.writeAttribute("failures", Long.toString(cases.stream().filter(Case::fails).count()));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("skipped", "0");
    }

    private static void write(Case one, XMLStreamWriter xml) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", printable(one.of()));
        xml.writeAttribute("name", printable(one.name()));
        if (one.fails()) {
            xml.writeStartElement("failure");
            xml.writeAttribute("message", printable(one.failure()));
            xml.writeCharacters(printable(one.more()));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private String remarks() {
        List<String> lines = new ArrayList<>();
        run.verdict().warnings().forEach(warning -> lines.add("warning: " + warning));
        run.verdict().notes().forEach(note -> lines.add("note: " + note));
        return String.join("\n", lines);
    }

    /**
     * What XML 1.0 has no way to write, also not escaped, becomes a question mark in a diamond; what it has, and a
     * terminal acts on, a plain one.
     */
    private static String printable(String text) {
        StringBuilder printable = new StringBuilder();
        text.codePoints()
                .map(c -> isInXml(c) ? c : 0xFFFD)
                .forEach(printable::appendCodePoint);
        return Legible.colourless(printable.toString());
    }

    private static boolean isInXml(int c) {
        return c == '\t' || c == '\n' || c == '\r'
                || c >= ' ' && c <= 0xD7FF
                || c >= 0xE000 && c <= 0xFFFD
                || c >= 0x10000;
    }
}
