package io.provision.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class DocumentTest {

    private final Document document = new Document()
            .put("text", "it's \"quoted\" – 交易所")
            .put("looks_like_a_number", "0750")
            .put("looks_like_a_truth", "no")
            .put("whole", 7)
            .put("long", 10_000_000_000L)
            .put("half", 0.5)
            .put("truth", true)
            .put("absent", Optional.empty())
            .put("present", Optional.of("here"))
            .put("no_port", OptionalInt.empty())
            .put("none", List.of())
            .put("map", Map.of("key", "value"))
            .put("nested", List.of(new Document().put("a", 1), new Document().put("a", 2)));

    @Test
    void jsonIsForPeopleToo() {
        assertEquals("""
                {
                  "text": "it's \\"quoted\\" – 交易所",
                  "looks_like_a_number": "0750",
                  "looks_like_a_truth": "no",
                  "whole": 7,
                  "long": 10000000000,
                  "half": 0.5,
                  "truth": true,
                  "absent": null,
                  "present": "here",
                  "no_port": null,
                  "none": [],
                  "map": {
                    "key": "value"
                  },
                  "nested": [
                    {
                      "a": 1
                    },
                    {
                      "a": 2
                    }
                  ]
                }
                """, document.json());
    }

    @Test
    void yamlQuotesWhatWouldBeReadAsSomethingElse() {
        assertEquals("""
                text: it's "quoted" – 交易所
                looks_like_a_number: "0750"
                looks_like_a_truth: "no"
                whole: 7
                long: 10000000000
                half: 0.5
                truth: true
                absent: null
                present: here
                no_port: null
                none: []
                map:
                  key: value
                nested:
                  - a: 1
                  - a: 2
                """, document.yaml());
    }

    @Test
    void aLineIsOneLine() {
        assertEquals("{\"message\":\"one\\ntwo\"}", new Document().put("message", "one\ntwo").jsonLine());
    }

    @Test
    void aHundredThousandValuesAreNoTrouble() {
        List<Document> many = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            many.add(new Document().put("i", i));
        }

        assertEquals(100_000, new Document().put("many", many).jsonLine().chars().filter(c -> c == ':').count() - 1);
    }
}
