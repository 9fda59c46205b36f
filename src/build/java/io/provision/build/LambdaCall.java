package io.provision.build;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The call that a lambda's class makes, with each argument and the result in the form that is wanted. */
final class LambdaCall {

    private final MethodVisitor code;
    private final Handle target;
    private final List<Type> parameters = new ArrayList<>();
    private int passed;

    LambdaCall(MethodVisitor code, Handle target) {
        this.code = code;
        this.target = target;
        if (target.getTag() != Opcodes.H_INVOKESTATIC && !makes()) {
            parameters.add(Type.getObjectType(target.getOwner()));
        }
        parameters.addAll(List.of(Type.getArgumentTypes(target.getDesc())));
    }

    private boolean makes() {
        return target.getTag() == Opcodes.H_NEWINVOKESPECIAL;
    }

    void begin() {
        if (makes()) {
            code.visitTypeInsn(Opcodes.NEW, target.getOwner());
            code.visitInsn(Opcodes.DUP);
        }
    }

    /**
     * Passes what is on the stack.
     *
     * @param declared its type by the interface's erased method
     * @param actual its type with the interface's type variables filled in
     */
    void pass(Type declared, Type actual) {
        TypeConversion.of(code, declared, actual, parameters.get(passed++));
    }

    /** Calls, and leaves the result as the interface's method returns it. */
    void end(Type wanted) {
        code.visitMethodInsn(opcode(), target.getOwner(), target.getName(), target.getDesc(), target.isInterface());
        Type result = makes() ? Type.getObjectType(target.getOwner()) : Type.getReturnType(target.getDesc());
        if (wanted.getSort() != Type.VOID) {
            TypeConversion.of(code, result, wanted.getSort() < Type.ARRAY ? result : wanted, wanted);
        } else if (result.getSize() > 0) {
            code.visitInsn(result.getSize() == 2 ? Opcodes.POP2 : Opcodes.POP);
        }
    }

    /** What is private to the nest is called like anything else. */
    private int opcode() {
        return switch (target.getTag()) {
            case Opcodes.H_INVOKESTATIC -> Opcodes.INVOKESTATIC;
            case Opcodes.H_NEWINVOKESPECIAL -> Opcodes.INVOKESPECIAL;
            default -> target.isInterface() ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL;
        };
    }
}
