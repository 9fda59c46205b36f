package io.provision.build;

import java.lang.annotation.Annotation;

/** Stands here for the compiler: in the jar, {@link AnnotationTables} writes it anew, with all that it finds there. */
final class AnnotationTable {

    private AnnotationTable() {}

    /** @param member the field's name; empty for the class's own */
    static Annotation find(String owner, String member, String type) {
        throw new UnsupportedOperationException(owner + "#" + member + "@" + type);
    }
}
