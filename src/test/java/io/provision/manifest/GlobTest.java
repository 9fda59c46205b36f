package io.provision.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether two patterns can mean one table. */
class GlobTest {

    @ParameterizedTest
    @CsvSource({
        "orders, orders, true",
        "orders, Orders, false",
        "orders, trades, false",
        "order*, orders, true",
        "order*, *items, true",
        "a*, b*, false",
        "a?c, abc, true",
        "a?c, ac, false",
        "a?, *b?, false",
        "*, x, true",
        "a*z, ab*yz, true",
    })
    void twoPatternsMeetWhereANameMatchesBoth(String one, String other, boolean meet) {
        assertEquals(meet, new Glob(one).meets(new Glob(other)));
        assertEquals(meet, new Glob(other).meets(new Glob(one)));
    }

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void patternsMeetExactlyWhereSomeShortNameMatchesBoth(int seed) {
        Random random = new Random(seed);
        String one = pattern(random);
        String other = pattern(random);
        boolean found = IntStream.range(0, 1 << 10)
                .mapToObj(Integer::toBinaryString)
                .map(bits -> bits.substring(1).replace('0', 'a').replace('1', 'b'))
                .anyMatch(name -> matches(one, name) && matches(other, name));
        assertEquals(found, new Glob(one).meets(new Glob(other)), one + " and " + other);
    }

    private static String pattern(Random random) {
        StringBuilder pattern = new StringBuilder();
        for (int letters = 1 + random.nextInt(4); letters > 0; letters--) {
            pattern.append("ab*?".charAt(random.nextInt(4)));
        }
        return pattern.toString();
    }

    private static boolean matches(String glob, String name) {
        return Pattern.matches(glob.replace("*", ".*").replace("?", "."), name);
    }
}
