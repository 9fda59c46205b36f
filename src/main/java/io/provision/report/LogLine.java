package io.provision.report;

import io.provision.problem.Problem;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** One line of {@code --log-format json}: a JSON object without a line break in it. */
public final class LogLine {

    private LogLine() {}

    /** @param fields who it is about: {@code service_name}, {@code instance_name}, {@code environment}, {@code run} */
    public static String of(Instant time, String level, String message, Map<String, String> fields) {
        return begin(time, level, message).putAll(fields).jsonLine();
    }

    public static String of(Instant time, Problem problem, Map<String, String> fields) {
        Document line = begin(time, problem.isError() ? "error" : "warning", problem.message());
        problem.place().ifPresent(place -> line.put("place", place.toString()));
        problem.remedy().ifPresent(remedy -> line.put("remedy", remedy));
        return line.putAll(fields).jsonLine();
    }

    private static Document begin(Instant time, String level, String message) {
        return new Document()
                .put("time", time.truncatedTo(ChronoUnit.MILLIS).toString())
                .put("level", level)
                .put("message", message);
    }
}
