package io.provision.build;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** One class without what is linked at run time. What it does not know it leaves as it is. */
final class ClassLinker {

    private static final String LAMBDAS = "java/lang/invoke/LambdaMetafactory";
    private static final String RECORDS = "java/lang/runtime/ObjectMethods";

    private final Map<String, byte[]> lambdas = new LinkedHashMap<>();
    private final String name;
    private final String nestHost;
    private final byte[] linked;

    ClassLinker(byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        Linking linking = new Linking(new ClassWriter(ClassWriter.COMPUTE_MAXS));
        name = reader.getClassName();
        boolean hasNests = reader.readUnsignedShort(6) >= Opcodes.V11;
        if (hasNests) {
            reader.accept(linking, 0);
        }
        nestHost = linking.host.isEmpty() ? name : linking.host;
        linked = linking.changed ? linking.bytes() : bytes;
        linking.found.forEach((lambda, of) -> lambdas.put(lambda, of.bytes(lambda, nestHost)));
    }

    byte[] linked() {
        return linked;
    }

    /** The new classes, by their names. */
    Map<String, byte[]> lambdas() {
        return lambdas;
    }

    /** The class that has to list the new ones, so that they may call what is private. */
    String nestHost() {
        return nestHost;
    }

    static byte[] withNestMembers(byte[] bytes, List<String> members) {
        ClassReader reader = new ClassReader(bytes);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(new ClassVisitor(Opcodes.ASM9, writer) {
            @Override
            public void visitEnd() {
                members.forEach(writer::visitNestMember);
                super.visitEnd();
            }
        }, 0);
        return writer.toByteArray();
    }

    private static final class Linking extends ClassVisitor {

        private final Map<String, Lambda> found = new LinkedHashMap<>();
        private final List<RecordMethod> records = new ArrayList<>();
        private final ClassWriter writer;
        private String self = "";
        private String host = "";
        private boolean changed;

        Linking(ClassWriter writer) {
            super(Opcodes.ASM9, writer);
            this.writer = writer;
        }

        byte[] bytes() {
            return writer.toByteArray();
        }

        @Override
        public void visit(int version, int access, String name, String signature, String parent, String[] interfaces) {
            self = name;
            super.visit(version, access, name, signature, parent, interfaces);
        }

        @Override
        public void visitNestHost(String name) {
            host = name;
            super.visitNestHost(name);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
            return new MethodVisitor(Opcodes.ASM9, method) {
                @Override
                public void visitInvokeDynamicInsn(String called, String type, Handle bootstrap, Object... arguments) {
                    if (!link(mv, called, type, bootstrap, arguments)) {
                        super.visitInvokeDynamicInsn(called, type, bootstrap, arguments);
                    }
                }
            };
        }

        @Override
        public void visitEnd() {
            records.forEach(method -> method.write(cv));
            super.visitEnd();
        }

        private boolean link(MethodVisitor code, String called, String type, Handle bootstrap, Object... arguments) {
            if (bootstrap.getOwner().equals(RECORDS)) {
                RecordMethod method = RecordMethod.of(called, self, arguments);
                method.writeCall(code, type);
                records.add(method);
                changed = true;
                return true;
            }
            if (!bootstrap.getOwner().equals(LAMBDAS) || !bootstrap.getName().equals("metafactory")) {
                return false;
            }
            Lambda lambda = Lambda.of(called, type, arguments);
            if (!lambda.canBeCalledFrom(self)) {
                return false;
            }
            String name = self + "$$" + (found.size() + 1);
            found.put(name, lambda);
            lambda.writeCall(code, name);
            changed = true;
            return true;
        }
    }
}
