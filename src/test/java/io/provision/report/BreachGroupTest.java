package io.provision.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.plan.Store;
import io.provision.problem.Problem;
import io.provision.verify.Breach;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Many breaches that are one to whoever reads of them. */
class BreachGroupTest {

    @Test
    void whatOneRemedyClosesTowardsManyIsOneFindingOfTheText() {
        String text = new VerifyReport(Verdicts.wide(49).verdict()).text(200, Palette.PLAIN);

        assertEquals("""
                breach: from exchange-0 to 49 other instances (redis): exchange-0-adapter may read and write the keys \
                exchange:1:* (by ~exchange:*); and so on to exchange-2, exchange-3, exchange-4 and 45 more
                    ACL SETUSER exchange-0-adapter reset on ~exchange:0:*
                0 checks, 2550 pairs of instances: 0 faults, 49 breaches
                """, text.substring(text.indexOf("breach: ")));
    }

    @Test
    void whatOneRemedyClosesTowardsManyIsOneFindingOfTheComment() {
        String text = new MarkdownReport(Verdicts.wide(49)).text();

        assertEquals(1, text.lines().filter(line -> line.contains("**breach**")).count(), text);
        assertTrue(text.contains("- **breach** exchange-0 → 49 other instances (redis): "), text);
        assertTrue(text.contains("; and so on to exchange-2, exchange-3, exchange-4 and 45 more\n"), text);
        assertTrue(text.contains("**49 breaches**"), text);
    }

    @Test
    void whatOneRemedyClosesTowardsManyIsOneAnnotation() {
        List<Problem> problems =
                new VerifyReport(Verdicts.wide(49).verdict()).problems(name -> Optional.empty());

        assertEquals(1, problems.size());
        assertEquals(Optional.of("ACL SETUSER exchange-0-adapter reset on ~exchange:0:*"), problems.get(0).remedy());
    }

    @Test
    void machinesAreToldOfEach() {
        assertEquals(49, new VerifyReport(Verdicts.wide(49).verdict()).document().json().lines()
                .filter(line -> line.contains("\"how\": ")).count());
        assertEquals(49, new JUnitReport(Verdicts.wide(49)).xml().lines()
                .filter(line -> line.contains("from exchange-0 to exchange-")).count());
    }

    @Test
    void aFewAreToldOneByOne() {
        List<Breach> few = towards(3, "ACL SETUSER …");

        assertEquals(3, BreachGroup.of(few).size());
        assertEquals(few, BreachGroup.of(few).stream().flatMap(group -> group.breaches().stream()).toList());
    }

    @Test
    void whatAnotherRemedyClosesOrLeadsToAllIsToldByItself() {
        List<Breach> all = Stream.of(
                        towards(4, "ACL SETUSER one …"),
                        towards(4, "ACL SETUSER two …"),
                        List.of(new Breach("audit", "*", Store.REDIS, "it may FLUSHALL", "ACL SETUSER one …")))
                .flatMap(List::stream)
                .toList();

        assertEquals(
                List.of("4 other instances", "4 other instances", "every instance"),
                BreachGroup.of(all).stream().map(BreachGroup::to).toList());
    }

    private static List<Breach> towards(int others, String remedy) {
        return IntStream.range(0, others)
                .mapToObj(i -> new Breach("audit", "exchange-" + i, Store.REDIS, "it may read " + i, remedy))
                .toList();
    }
}
