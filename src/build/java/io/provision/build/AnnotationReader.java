package io.provision.build;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Picocli's annotations in a class, or, of an annotation type, its methods and their defaults. */
final class AnnotationReader extends ClassVisitor {

    private static final String PICOCLIS = "Lpicocli/";

    private final List<Annotated> found = new ArrayList<>();
    private final Map<String, Type> methods = new LinkedHashMap<>();
    private final Map<String, Object> defaults = new LinkedHashMap<>();
    private String self = "";

    AnnotationReader(byte[] bytes) {
        super(Opcodes.ASM9);
        new ClassReader(bytes).accept(this, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
    }

    List<Annotated> found() {
        return found;
    }

    Map<String, Type> methods() {
        return methods;
    }

    Map<String, Object> defaults() {
        return defaults;
    }

    @Override
    public void visit(int version, int access, String name, String signature, String parent, String[] interfaces) {
        self = name;
    }

    @Override
    public AnnotationVisitor visitAnnotation(String type, boolean visible) {
        return annotated("", type);
    }

    @Override
    public FieldVisitor visitField(int access, String name, String type, String signature, Object value) {
        return new FieldVisitor(Opcodes.ASM9) {
            @Override
            public AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
                return annotated(name, annotation);
            }
        };
    }

    private AnnotationVisitor annotated(String member, String type) {
        if (!type.startsWith(PICOCLIS)) {
            return null;
        }
        Map<String, Object> values = new LinkedHashMap<>();
        found.add(new Annotated(self, member, Type.getType(type), values));
        return new Values(values);
    }

    @Override
    public MethodVisitor visitMethod(int access, String name, String type, String signature, String[] exceptions) {
        methods.put(name, Type.getReturnType(type));
        return new MethodVisitor(Opcodes.ASM9) {
            @Override
            public AnnotationVisitor visitAnnotationDefault() {
                Map<String, Object> value = new LinkedHashMap<>();
                return new Values(value) {
                    @Override
                    public void visitEnd() {
                        value.values().forEach(only -> defaults.put(name, only));
                    }
                };
            }
        };
    }

    private static class Values extends AnnotationVisitor {

        private final Map<String, Object> values;

        Values(Map<String, Object> values) {
            super(Opcodes.ASM9);
            this.values = values;
        }

        /** A default has no name. */
        private void put(String name, Object value) {
            values.put(name == null ? "" : name, value);
        }

        @Override
        public void visit(String name, Object value) {
            put(name, value);
        }

        @Override
        public void visitEnum(String name, String type, String constant) {
            put(name, new Annotated.Constant(type, constant));
        }

        @Override
        public AnnotationVisitor visitArray(String name) {
            return new Items(items -> put(name, items));
        }
    }

    private static final class Items extends AnnotationVisitor {

        private final List<Object> items = new ArrayList<>();
        private final Consumer<Object[]> whole;

        Items(Consumer<Object[]> whole) {
            super(Opcodes.ASM9);
            this.whole = whole;
        }

        @Override
        public void visit(String name, Object value) {
            items.add(value);
        }

        @Override
        public void visitEnum(String name, String type, String constant) {
            items.add(new Annotated.Constant(type, constant));
        }

        @Override
        public void visitEnd() {
            whole.accept(items.toArray());
        }
    }
}
