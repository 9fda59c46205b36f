package io.provision.build;

import java.util.Map;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * One annotation where it stands.
 *
 * @param owner the class
 * @param member the field; empty for the class's own
 * @param type the annotation's
 * @param values what is said there; for the rest the annotation type has defaults
 */
record Annotated(String owner, String member, Type type, Map<String, Object> values) {

    /** Written for an enum's constant. */
    record Constant(String owner, String name) {}

    private static final String DEFAULTS = "$$Defaults";

    static String defaultsOf(Type type) {
        return type.getInternalName() + DEFAULTS;
    }

    /** What is not said is as {@link #defaults} has it. */
    byte[] bytes(String name, Map<String, Type> methods) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        begin(writer, Opcodes.ACC_FINAL, name, defaultsOf(type));
        values.forEach((method, value) -> write(writer, method, methods.get(method), value));
        writer.visitEnd();
        return writer.toByteArray();
    }

    /** A class beside the annotation type, which alone may see some of its values. */
    static byte[] defaults(Type type, Map<String, Type> methods, Map<String, Object> defaults) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        begin(writer, Opcodes.ACC_ABSTRACT, defaultsOf(type), "java/lang/Object", type.getInternalName());
        write(writer, "annotationType", Type.getType(Class.class), type);
        defaults.forEach((method, value) -> write(writer, method, methods.get(method), value));
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static void begin(ClassWriter writer, int access, String name, String parent, String... interfaces) {
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC | access, name, null,
                parent, interfaces);
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
        code.visitCode();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, parent, "<init>", "()V", false);
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private static void write(ClassWriter writer, String method, Type returned, Object value) {
        MethodVisitor code =
                writer.visitMethod(Opcodes.ACC_PUBLIC, method, Type.getMethodDescriptor(returned), null, null);
        code.visitCode();
        push(code, value, returned);
        code.visitInsn(returned.getOpcode(Opcodes.IRETURN));
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private static void push(MethodVisitor code, Object value, Type of) {
        if (value instanceof Object[] items) {
            code.visitLdcInsn(items.length);
            code.visitTypeInsn(Opcodes.ANEWARRAY, of.getElementType().getInternalName());
            for (int i = 0; i < items.length; i++) {
                code.visitInsn(Opcodes.DUP);
                code.visitLdcInsn(i);
                push(code, items[i], of.getElementType());
                code.visitInsn(Opcodes.AASTORE);
            }
        } else if (value instanceof Constant constant) {
            code.visitFieldInsn(Opcodes.GETSTATIC, Type.getType(constant.owner()).getInternalName(), constant.name(),
                    constant.owner());
        } else if (value instanceof Boolean flag) {
            code.visitInsn(flag ? Opcodes.ICONST_1 : Opcodes.ICONST_0);
        } else if (value instanceof Character letter) {
            code.visitLdcInsn((int) letter);
        } else if (value instanceof String || value instanceof Integer || value instanceof Type) {
            code.visitLdcInsn(value);
        } else {
            throw new IllegalArgumentException("an annotation's value of a kind that none had yet: " + value);
        }
    }
}
