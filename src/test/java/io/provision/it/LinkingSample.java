package io.provision.it;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/** One of each kind of lambda, method reference and record; prints what they do, for it to be compared. */
final class LinkingSample {

    private final String name;

    private LinkingSample(String name) {
        this.name = name;
    }

    record Empty() {}

    record Every(boolean flag, char letter, byte tiny, short little, int number, long big, float real, double exact,
            String text, int[] array, Optional<String> maybe) {}

    record Generic<T extends Comparable<T>>(T first, List<T> rest) {

        T least() {
            return rest.stream().reduce(first, BinaryOperator.minBy(Comparator.naturalOrder()));
        }
    }

    interface Greeting {

        String greet(String whom);

        default Greeting twice() {
            return whom -> greet(greet(whom)) + suffix();
        }

        private String suffix() {
            Supplier<String> mark = this::mark;
            return mark.get();
        }

        private String mark() {
            return "!";
        }

        static Greeting of(String word) {
            return whom -> word + " " + whom;
        }
    }

    private static class Parent {

        String who() {
            return "parent";
        }
    }

    private static final class Child extends Parent {

        @Override
        String who() {
            Supplier<String> above = super::who;
            return "child of " + above.get();
        }
    }

    public static void main(String[] args) {
        captures(args.length);
        references();
        numbers();
        kinds();
        records();
    }

    private static void captures(int none) {
        long big = 1L << 40 + none;
        double exact = 0.5 + none;
        byte tiny = (byte) (7 + none);
        String text = "text" + none;
        LongFunction<String> all = more -> big + more + " " + exact + " " + tiny + " " + text + " " + none;
        System.out.println(all.apply(2));
        new LinkingSample("self").ofInstances();
    }

    private void ofInstances() {
        Function<String, Function<String, String>> nested = a -> b -> name + a + b + hidden(a);
        System.out.println(nested.apply("x").apply("y"));
        UnaryOperator<String> mine = this::hidden;
        System.out.println(mine.apply("z"));
    }

    private String hidden(String of) {
        return "<" + name + of + ">";
    }

    private static void references() {
        System.out.println(List.of("b", "a").stream().map(LinkingSample::new).map(made -> made.name).toList());
        Function<String, String> trimmed = String::trim;
        BiFunction<String, String, Integer> compared = String::compareTo;
        Supplier<Map<String, Integer>> maps = TreeMap::new;
        IntFunction<String[]> arrays = String[]::new;
        Function<Object, String> texts = String::valueOf;
        Comparator<Map.Entry<String, Integer>> byValue =
                Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry::getKey);
        System.out.println(trimmed.apply(" t ") + compared.apply("a", "b") + maps.get() + arrays.apply(3).length
                + texts.apply(4) + byValue.compare(Map.entry("a", 1), Map.entry("b", 1)));
        System.out.println(new Child().who() + Greeting.of("hello").twice().greet("you"));
    }

    private static void numbers() {
        ToIntFunction<Integer> unboxed = number -> number;
        ToLongFunction<Integer> widened = Integer::intValue;
        ToDoubleFunction<Long> further = Long::longValue;
        Function<Integer, Long> boxed = LinkingSample::widen;
        IntPredicate odd = number -> number % 2 == 1;
        DoubleUnaryOperator root = Math::sqrt;
        IntFunction<Object> object = Integer::valueOf;
        ToLongFunction<Character> letters = LinkingSample::widen;
        System.out.println(unboxed.applyAsInt(1) + " " + widened.applyAsLong(2) + " " + further.applyAsDouble(3L) + " "
                + boxed.apply(4) + " " + odd.test(5) + " " + root.applyAsDouble(9) + " " + object.apply(7) + " "
                + letters.applyAsLong('c'));
        System.out.println(Map.of("a", 1, "b", 2).entrySet().stream().mapToLong(Map.Entry::getValue).sum());
        System.out.println(Arrays.stream(new int[] {3, 1, 2}).boxed().sorted(Comparator.reverseOrder()).toList());
    }

    private static long widen(long number) {
        return number + 1;
    }

    private static void kinds() {
        StringBuilder heard = new StringBuilder();
        Consumer<String> dropped = heard::append;
        dropped.andThen(text -> heard.append(text.length())).accept("heard");
        Runnable nothing = () -> { };
        nothing.run();
        Predicate<Object> isText = String.class::isInstance;
        Supplier<? extends RuntimeException> thrown = () -> new IllegalStateException("told");
        System.out.println(heard + " " + isText.negate().test("t") + " " + thrown.get().getMessage());
        System.out.println(new Generic<>("b", List.of("c", "a")).least());
    }

    private static void records() {
        record Local(String word, double exact) {}
        int[] array = {1};
        Every every = new Every(true, 'c', (byte) 1, (short) 2, 3, 4L, 5.5f, Double.NaN, "text", array,
                Optional.of("m"));
        Every same = new Every(true, 'c', (byte) 1, (short) 2, 3, 4L, 5.5f, Double.NaN, "text", array,
                Optional.of("m"));
        Every other = new Every(true, 'c', (byte) 1, (short) 2, 3, 5L, 5.5f, Double.NaN, "text", array,
                Optional.of("m"));
        System.out.println(every.equals(same) + " " + every.equals(other) + " " + every.equals("text"));
        System.out.println(every.toString().replaceFirst("\\[I@\\w+", "array") + new Empty() + new Local("w", -0.0));
        System.out.println(new Local("w", 0.0).equals(new Local("w", -0.0)) + " " + new Empty().equals(new Empty()));
        System.out.println(new Local("w", 1).hashCode() + " " + new Empty().hashCode() + " "
                + (every.hashCode() == same.hashCode()) + " " + new Generic<>(1, List.of(2)).hashCode());
    }
}
