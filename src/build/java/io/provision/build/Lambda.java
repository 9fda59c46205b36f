package io.provision.build;

import java.util.Set;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * A lambda or method reference, as {@code java.lang.invoke.LambdaMetafactory} is told of it.
 *
 * @param method the name of the interface's method
 * @param site takes what is captured, gives the interface
 * @param erased the interface's method as declared
 * @param target what it calls
 * @param actual the interface's method with its type variables filled in
 */
record Lambda(String method, Type site, Type erased, Handle target, Type actual) {

    private static final String INSTANCE = "INSTANCE";
    private static final String MAKE = "make";
    private static final Set<Integer> KINDS = Set.of(Opcodes.H_INVOKEVIRTUAL, Opcodes.H_INVOKEINTERFACE,
            Opcodes.H_INVOKESTATIC, Opcodes.H_INVOKESPECIAL, Opcodes.H_NEWINVOKESPECIAL);

    static Lambda of(String method, String site, Object... arguments) {
        return new Lambda(method, Type.getMethodType(site), (Type) arguments[0], (Handle) arguments[1],
                (Type) arguments[2]);
    }

    /** A special call of a method of a parent's is allowed to the class itself only. */
    boolean canBeCalledFrom(String self) {
        return KINDS.contains(target.getTag())
                && (target.getTag() != Opcodes.H_INVOKESPECIAL || target.getOwner().equals(self));
    }

    private Type[] captured() {
        return site.getArgumentTypes();
    }

    /** Instead of the call that is linked at run time; takes the same from the stack, and leaves the same there. */
    void writeCall(MethodVisitor code, String name) {
        if (captured().length == 0) {
            code.visitFieldInsn(Opcodes.GETSTATIC, name, INSTANCE, "L" + name + ";");
        } else {
            code.visitMethodInsn(Opcodes.INVOKESTATIC, name, MAKE, site.getDescriptor(), false);
        }
    }

    byte[] bytes(String name, String nestHost) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V17, Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC, name, null,
                "java/lang/Object", new String[] {site.getReturnType().getInternalName()});
        writer.visitNestHost(nestHost);
        writeConstructor(writer, name);
        if (captured().length == 0) {
            writeInstance(writer, name);
        } else {
            writeMake(writer, name);
        }
        writeMethod(writer, name);
        writer.visitEnd();
        return writer.toByteArray();
    }

    private void writeConstructor(ClassWriter writer, String name) {
        String type = Type.getMethodDescriptor(Type.VOID_TYPE, captured());
        MethodVisitor code = writer.visitMethod(0, "<init>", type, null, null);
        code.visitCode();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        int local = 1;
        for (int i = 0; i < captured().length; i++) {
            Type of = captured()[i];
            writer.visitField(Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL, field(i), of.getDescriptor(), null, null);
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitVarInsn(of.getOpcode(Opcodes.ILOAD), local);
            code.visitFieldInsn(Opcodes.PUTFIELD, name, field(i), of.getDescriptor());
            local += of.getSize();
        }
        end(code, Type.VOID_TYPE);
    }

    private static String field(int index) {
        return "captured" + index;
    }

    private void writeInstance(ClassWriter writer, String name) {
        writer.visitField(Opcodes.ACC_STATIC | Opcodes.ACC_FINAL, INSTANCE, "L" + name + ";", null, null);
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
        code.visitCode();
        writeNew(code, name);
        code.visitFieldInsn(Opcodes.PUTSTATIC, name, INSTANCE, "L" + name + ";");
        end(code, Type.VOID_TYPE);
    }

    private void writeMake(ClassWriter writer, String name) {
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_STATIC, MAKE, site.getDescriptor(), null, null);
        code.visitCode();
        writeNew(code, name);
        end(code, site.getReturnType());
    }

    private void writeNew(MethodVisitor code, String name) {
        code.visitTypeInsn(Opcodes.NEW, name);
        code.visitInsn(Opcodes.DUP);
        int local = 0;
        for (Type of : captured()) {
            code.visitVarInsn(of.getOpcode(Opcodes.ILOAD), local);
            local += of.getSize();
        }
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, name, "<init>",
                Type.getMethodDescriptor(Type.VOID_TYPE, captured()), false);
    }

    private void writeMethod(ClassWriter writer, String name) {
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_PUBLIC, method, erased.getDescriptor(), null, null);
        code.visitCode();
        LambdaCall call = new LambdaCall(code, target);
        call.begin();
        for (int i = 0; i < captured().length; i++) {
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitFieldInsn(Opcodes.GETFIELD, name, field(i), captured()[i].getDescriptor());
            call.pass(captured()[i], captured()[i]);
        }
        int local = 1;
        for (int i = 0; i < erased.getArgumentTypes().length; i++) {
            Type of = erased.getArgumentTypes()[i];
            code.visitVarInsn(of.getOpcode(Opcodes.ILOAD), local);
            call.pass(of, actual.getArgumentTypes()[i]);
            local += of.getSize();
        }
        call.end(erased.getReturnType());
        end(code, erased.getReturnType());
    }

    private static void end(MethodVisitor code, Type type) {
        code.visitInsn(type.getOpcode(Opcodes.IRETURN));
        code.visitMaxs(0, 0);
        code.visitEnd();
    }
}
