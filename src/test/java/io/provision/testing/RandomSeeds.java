package io.provision.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.AnnotationBasedArgumentsProvider;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * A law that is held against generated cases: the method takes the seed of one. They are new ones each run; a failure
 * prints its seed, and {@code -Dprovision.seed=…} repeats that one alone.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "seed {0}")
@ArgumentsSource(RandomSeeds.Provider.class)
public @interface RandomSeeds {

    /** How many. */
    int value();

    /** Draws them. */
    final class Provider extends AnnotationBasedArgumentsProvider<RandomSeeds> {

        @Override
        protected Stream<? extends Arguments> provideArguments(
                ParameterDeclarations parameters, ExtensionContext context, RandomSeeds wanted) {
            Long given = Long.getLong("provision.seed");
            return (given == null ? new Random().longs(wanted.value()) : LongStream.of(given))
                    .mapToObj(Arguments::of);
        }
    }
}
