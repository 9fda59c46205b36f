package io.provision.build;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * {@code equals}, {@code hashCode} or {@code toString} of a record, as {@code java.lang.runtime.ObjectMethods} is told
 * of it, and giving what that gives.
 *
 * @param name which of the three
 * @param self the record
 * @param names its components' names
 * @param fields its components
 */
record RecordMethod(String name, String self, List<String> names, List<Handle> fields) {

    static RecordMethod of(String name, String self, Object... arguments) {
        List<Handle> fields = new ArrayList<>();
        for (int i = 2; i < arguments.length; i++) {
            fields.add((Handle) arguments[i]);
        }
        String names = (String) arguments[1];
        return new RecordMethod(name, self, names.isEmpty() ? List.of() : List.of(names.split(";")), fields);
    }

    private String own() {
        return name + "$linked";
    }

    void writeCall(MethodVisitor code, String type) {
        code.visitMethodInsn(Opcodes.INVOKESTATIC, self, own(), type, false);
    }

    void write(ClassVisitor record) {
        String type = "(L" + self + ";" + switch (name) {
            case "equals" -> "Ljava/lang/Object;)Z";
            case "hashCode" -> ")I";
            default -> ")Ljava/lang/String;";
        };
        MethodVisitor code = record.visitMethod(
                Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC, own(), type, null, null);
        code.visitCode();
        switch (name) {
            case "equals" -> writeEquals(code);
            case "hashCode" -> writeHashCode(code);
            default -> writeToString(code);
        }
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private void writeEquals(MethodVisitor code) {
        Label different = new Label();
        code.visitVarInsn(Opcodes.ALOAD, 1);
        code.visitTypeInsn(Opcodes.INSTANCEOF, self);
        code.visitJumpInsn(Opcodes.IFEQ, different);
        for (Handle field : fields) {
            get(code, 0, field);
            code.visitVarInsn(Opcodes.ALOAD, 1);
            code.visitTypeInsn(Opcodes.CHECKCAST, self);
            code.visitFieldInsn(Opcodes.GETFIELD, self, field.getName(), field.getDesc());
            compare(code, Type.getType(field.getDesc()), different);
        }
        code.visitInsn(Opcodes.ICONST_1);
        code.visitInsn(Opcodes.IRETURN);
        code.visitLabel(different);
        code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        code.visitInsn(Opcodes.ICONST_0);
        code.visitInsn(Opcodes.IRETURN);
    }

    private void get(MethodVisitor code, int local, Handle field) {
        code.visitVarInsn(Opcodes.ALOAD, local);
        code.visitFieldInsn(Opcodes.GETFIELD, self, field.getName(), field.getDesc());
    }

    private static void compare(MethodVisitor code, Type type, Label different) {
        switch (type.getSort()) {
            case Type.BOOLEAN, Type.CHAR, Type.BYTE, Type.SHORT, Type.INT ->
                    code.visitJumpInsn(Opcodes.IF_ICMPNE, different);
            case Type.LONG -> {
                code.visitInsn(Opcodes.LCMP);
                code.visitJumpInsn(Opcodes.IFNE, different);
            }
            case Type.FLOAT, Type.DOUBLE -> {
                String owner = type.getSort() == Type.FLOAT ? "java/lang/Float" : "java/lang/Double";
                String descriptor = "(" + type.getDescriptor() + type.getDescriptor() + ")I";
                code.visitMethodInsn(Opcodes.INVOKESTATIC, owner, "compare", descriptor, false);
                code.visitJumpInsn(Opcodes.IFNE, different);
            }
            default -> {
                code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/util/Objects", "equals",
                        "(Ljava/lang/Object;Ljava/lang/Object;)Z", false);
                code.visitJumpInsn(Opcodes.IFEQ, different);
            }
        }
    }

    private void writeHashCode(MethodVisitor code) {
        code.visitInsn(Opcodes.ICONST_0);
        for (Handle field : fields) {
            Type type = Type.getType(field.getDesc());
            code.visitIntInsn(Opcodes.BIPUSH, 31);
            code.visitInsn(Opcodes.IMUL);
            get(code, 0, field);
            TypeConversion.of(code, type, type, Type.getObjectType("java/lang/Object"));
            code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/util/Objects", "hashCode", "(Ljava/lang/Object;)I", false);
            code.visitInsn(Opcodes.IADD);
        }
        code.visitInsn(Opcodes.IRETURN);
    }

    private void writeToString(MethodVisitor code) {
        String builder = "java/lang/StringBuilder";
        code.visitTypeInsn(Opcodes.NEW, builder);
        code.visitInsn(Opcodes.DUP);
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, builder, "<init>", "()V", false);
        String before = simpleName() + "[";
        for (int i = 0; i < fields.size(); i++) {
            append(code, before + names.get(i) + "=");
            before = ", ";
            Type type = Type.getType(fields.get(i).getDesc());
            get(code, 0, fields.get(i));
            TypeConversion.of(code, type, type, Type.getObjectType("java/lang/Object"));
            append(code, Type.getObjectType("java/lang/Object"));
        }
        append(code, fields.isEmpty() ? before + "]" : "]");
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, builder, "toString", "()Ljava/lang/String;", false);
        code.visitInsn(Opcodes.ARETURN);
    }

    /** As {@code Class.getSimpleName()} has it; a local record's is told behind digits. */
    private String simpleName() {
        return self.substring(self.lastIndexOf('/') + 1).replaceFirst("^.*\\$\\d*", "");
    }

    private static void append(MethodVisitor code, String text) {
        code.visitLdcInsn(text);
        append(code, Type.getObjectType("java/lang/String"));
    }

    private static void append(MethodVisitor code, Type type) {
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/lang/StringBuilder", "append",
                "(" + type.getDescriptor() + ")Ljava/lang/StringBuilder;", false);
    }
}
