package io.provision.build;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Member;

/**
 * What picocli asks for annotations, instead of Java, which would make proxies for them at each start: these no archive
 * of Java 17 holds. The one class of the build that is in the jar.
 */
public final class AnnotationLookup {

    /** Picocli asks up to {@code Object}, whose methods have annotations of Java's own. */
    private static final String JAVAS = "java.";
    private static final String OURS = "io.provision.";
    private static final String PICOCLIS = "picocli.";

    private AnnotationLookup() {}

    public static Annotation find(AnnotatedElement element, Class<? extends Annotation> type) {
        String owner = owner(element);
        if (!type.getName().startsWith(PICOCLIS)) {
            return element.getAnnotation(type);
        }
        if (owner.startsWith(JAVAS)) {
            return null;
        }
        boolean listed = owner.startsWith(OURS) && (element instanceof Field || element instanceof Class);
        String member = element instanceof Field field ? field.getName() : "";
        return listed ? AnnotationTable.find(owner, member, type.getName()) : element.getAnnotation(type);
    }

    private static String owner(AnnotatedElement element) {
        if (element instanceof Member member) {
            return member.getDeclaringClass().getName();
        }
        return element instanceof Class<?> self ? self.getName() : "";
    }

    public static boolean isPresent(AnnotatedElement element, Class<? extends Annotation> type) {
        return find(element, type) != null;
    }
}
