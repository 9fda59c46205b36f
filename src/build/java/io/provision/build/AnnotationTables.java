package io.provision.build;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Picocli's annotations as classes of their own, {@link AnnotationTable} that finds them, and picocli that asks it. */
final class AnnotationTables {

    static final String TABLE = "io/provision/build/AnnotationTable";
    static final String LOOKUP = "io/provision/build/AnnotationLookup";
    private static final String ANNOTATION = "Ljava/lang/annotation/Annotation;";

    private final Map<String, byte[]> classes;
    private final Map<Annotated, String> names = new LinkedHashMap<>();

    /** @param classes all of the jar, by their names */
    AnnotationTables(Map<String, byte[]> classes) {
        this.classes = classes;
    }

    /** The classes that are new, or other than they were. */
    Map<String, byte[]> written() {
        Map<String, byte[]> written = new TreeMap<>();
        classes.forEach((name, bytes) -> {
            if (name.startsWith("io/provision/")) {
                for (Annotated each : new AnnotationReader(bytes).found()) {
                    names.put(each, each.owner() + "$$Annotation" + (names.size() + 1));
                }
            } else if (name.startsWith("picocli/")) {
                written.put(name, asking(bytes));
            }
        });
        names.forEach((each, name) -> {
            AnnotationReader type = new AnnotationReader(classes.get(each.type().getInternalName()));
            written.put(name, each.bytes(name, type.methods()));
            written.computeIfAbsent(Annotated.defaultsOf(each.type()),
                    any -> Annotated.defaults(each.type(), type.methods(), type.defaults()));
        });
        written.put(TABLE, table());
        return written;
    }

    private static byte[] asking(byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(new ClassVisitor(Opcodes.ASM9, writer) {
            @Override
            public MethodVisitor visitMethod(
                    int access, String name, String type, String signature, String[] exceptions) {
                return new Asking(super.visitMethod(access, name, type, signature, exceptions));
            }
        }, 0);
        return writer.toByteArray();
    }

    private static final class Asking extends MethodVisitor {

        Asking(MethodVisitor code) {
            super(Opcodes.ASM9, code);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String type, boolean ofInterface) {
            boolean javas = owner.equals("java/lang/Class") || owner.startsWith("java/lang/reflect/");
            String element = "(Ljava/lang/reflect/AnnotatedElement;Ljava/lang/Class;)";
            if (javas && name.equals("getAnnotation")) {
                super.visitMethodInsn(Opcodes.INVOKESTATIC, LOOKUP, "find", element + ANNOTATION, false);
            } else if (javas && name.equals("isAnnotationPresent")) {
                super.visitMethodInsn(Opcodes.INVOKESTATIC, LOOKUP, "isPresent", element + "Z", false);
            } else {
                super.visitMethodInsn(opcode, owner, name, type, ofInterface);
            }
        }
    }

    private byte[] table() {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V17, Opcodes.ACC_FINAL | Opcodes.ACC_SUPER, TABLE, null, "java/lang/Object", null);
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_STATIC, "find",
                "(Ljava/lang/String;Ljava/lang/String;Ljava/lang/String;)" + ANNOTATION, null, null);
        code.visitCode();
        Map<String, List<Annotated>> byOwner = names.keySet().stream()
                .collect(Collectors.groupingBy(Annotated::owner, LinkedHashMap::new, Collectors.toList()));
        byOwner.forEach((owner, each) -> {
            Label next = unless(code, 0, owner.replace('/', '.'));
            each.forEach(annotated -> writeOne(code, annotated));
            end(code, next);
        });
        code.visitInsn(Opcodes.ACONST_NULL);
        code.visitInsn(Opcodes.ARETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
        return writer.toByteArray();
    }

    private void writeOne(MethodVisitor code, Annotated annotated) {
        Label other = unless(code, 1, annotated.member());
        Label otherType = unless(code, 2, annotated.type().getInternalName().replace('/', '.'));
        code.visitTypeInsn(Opcodes.NEW, names.get(annotated));
        code.visitInsn(Opcodes.DUP);
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, names.get(annotated), "<init>", "()V", false);
        code.visitInsn(Opcodes.ARETURN);
        code.visitLabel(other);
        end(code, otherType);
    }

    private static Label unless(MethodVisitor code, int local, String text) {
        Label otherwise = new Label();
        code.visitVarInsn(Opcodes.ALOAD, local);
        code.visitLdcInsn(text);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/lang/String", "equals", "(Ljava/lang/Object;)Z", false);
        code.visitJumpInsn(Opcodes.IFEQ, otherwise);
        return otherwise;
    }

    private static void end(MethodVisitor code, Label label) {
        code.visitLabel(label);
        code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        // Two labels may stand at one place, where only one frame may.
        code.visitInsn(Opcodes.NOP);
    }
}
