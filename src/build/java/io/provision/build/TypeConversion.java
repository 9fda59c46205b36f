package io.provision.build;

import java.util.Map;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** What {@code java.lang.invoke.LambdaMetafactory} allows: casts, boxing, unboxing, and numbers made wider. */
final class TypeConversion {

    private static final Map<Integer, String> WRAPPERS = Map.of(
            Type.BOOLEAN, "java/lang/Boolean",
            Type.CHAR, "java/lang/Character",
            Type.BYTE, "java/lang/Byte",
            Type.SHORT, "java/lang/Short",
            Type.INT, "java/lang/Integer",
            Type.LONG, "java/lang/Long",
            Type.FLOAT, "java/lang/Float",
            Type.DOUBLE, "java/lang/Double");

    private static final String NUMBER = "java/lang/Number";

    private TypeConversion() {}

    /** @param actual tells a reference's wrapper, where {@code from} is erased */
    static void of(MethodVisitor code, Type from, Type actual, Type to) {
        boolean primitive = isPrimitive(from);
        if (primitive && isPrimitive(to)) {
            widen(code, from, to);
        } else if (primitive) {
            String wrapper = WRAPPERS.get(from.getSort());
            code.visitMethodInsn(Opcodes.INVOKESTATIC, wrapper, "valueOf",
                    "(" + from.getDescriptor() + ")L" + wrapper + ";", false);
        } else if (isPrimitive(to)) {
            Type value = unwrapped(actual, to);
            String wrapper = isNumber(actual, to) ? NUMBER : WRAPPERS.get(value.getSort());
            cast(code, from, Type.getObjectType(wrapper));
            code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, wrapper, value.getClassName() + "Value",
                    "()" + value.getDescriptor(), false);
            widen(code, value, to);
        } else {
            cast(code, from, to);
        }
    }

    private static boolean isPrimitive(Type type) {
        return type.getSort() < Type.ARRAY;
    }

    /** Of which kind is not known then, and Java takes any. */
    private static boolean isNumber(Type actual, Type to) {
        return !WRAPPERS.containsValue(actual.getInternalName())
                && to.getSort() != Type.BOOLEAN
                && to.getSort() != Type.CHAR;
    }

    private static Type unwrapped(Type actual, Type otherwise) {
        return WRAPPERS.entrySet().stream()
                .filter(wrapper -> wrapper.getValue().equals(actual.getInternalName()))
                .map(wrapper -> primitive(wrapper.getKey()))
                .findFirst()
                .orElse(otherwise);
    }

    private static Type primitive(int sort) {
        return switch (sort) {
            case Type.BOOLEAN -> Type.BOOLEAN_TYPE;
            case Type.CHAR -> Type.CHAR_TYPE;
            case Type.BYTE -> Type.BYTE_TYPE;
            case Type.SHORT -> Type.SHORT_TYPE;
            case Type.INT -> Type.INT_TYPE;
            case Type.LONG -> Type.LONG_TYPE;
            case Type.FLOAT -> Type.FLOAT_TYPE;
            default -> Type.DOUBLE_TYPE;
        };
    }

    private static void cast(MethodVisitor code, Type from, Type to) {
        if (!to.equals(from) && !to.getInternalName().equals("java/lang/Object")) {
            code.visitTypeInsn(Opcodes.CHECKCAST, to.getInternalName());
        }
    }

    private static void widen(MethodVisitor code, Type from, Type to) {
        int source = from.getSort();
        int target = to.getSort();
        if (target <= Type.INT || source == target) {
            return;
        }
        switch (source) {
            case Type.LONG -> code.visitInsn(target == Type.FLOAT ? Opcodes.L2F : Opcodes.L2D);
            case Type.FLOAT -> code.visitInsn(Opcodes.F2D);
            default -> code.visitInsn(fromInt(target));
        }
    }

    private static int fromInt(int target) {
        return switch (target) {
            case Type.LONG -> Opcodes.I2L;
            case Type.FLOAT -> Opcodes.I2F;
            default -> Opcodes.I2D;
        };
    }
}
