package com.sun.glass.ui.headless;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.invoke.MethodHandles;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * JavaFX 26's headless platform has a screen of 1000×1000, written into two classes, and drawing below it throws. Before
 * any test, this defines those classes with 2000 in the place of 1000. It lies in their package, because only there may
 * they be defined. {@code HeadlessScreenTest} notices when a new JavaFX makes it needless.
 */
public final class BigHeadlessScreen implements LauncherSessionListener {

    /** Pixels on each side. */
    public static final int SIZE = 2000;

    private static final int BUILT_IN = 1000;
    private static boolean done;

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (!done && "Headless".equals(System.getProperty("glass.platform"))) {
            done = true;
            enlarge("HeadlessWindow");
            enlarge("HeadlessApplication");
        }
    }

    private static void enlarge(String name) {
        try (InputStream in = BigHeadlessScreen.class.getResourceAsStream(name + ".class")) {
            if (in == null) {
                throw new IllegalStateException("this JavaFX has no headless platform");
            }
            ClassFile format = ClassFile.of();
            byte[] larger = format.transformClass(format.parse(in.readAllBytes()),
                    ClassTransform.transformingMethodBodies(replacing()));
            MethodHandles.lookup().defineClass(larger);
        } catch (IOException | IllegalAccessException | LinkageError e) {
            throw new IllegalStateException("the headless screen could not be enlarged", e);
        }
    }

    private static CodeTransform replacing() {
        return (builder, element) -> {
            if (element instanceof ConstantInstruction constant
                    && Integer.valueOf(BUILT_IN).equals(constant.constantValue())) {
                builder.loadConstant(SIZE);
            } else {
                builder.with(element);
            }
        };
    }
}
