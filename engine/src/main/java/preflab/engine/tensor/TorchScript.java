package preflab.engine.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.TorchScriptBridge;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript module compiled from source text held in memory: the way to the ATen operations that DJL does not wrap.
 * In the text {@code torch.X} means {@code aten::X}. libtorch reads such a module as an archive of four stored entries.
 */
final class TorchScript {

    private static final String HEADER = """
            class K(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
              def forward(self: __torch__.K, x: Tensor) -> Tensor:
                return x
            """;

    private static final ThreadLocal<Boolean> PREPARED = ThreadLocal.withInitial(() -> false);

    private final PtSymbolBlock module;

    /** Compiles; a type error in the text is reported with its line number. */
    TorchScript(NDManager manager, String methods) {
        byte[] archive = archive(HEADER + methods.indent(2));
        try {
            module = JniUtils.loadModule((PtNDManager) manager, new ByteArrayInputStream(archive), false, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a byte array does not fail
        }
    }

    /** The tensor a method returns; it belongs to this manager and to the innermost NDScope. */
    NDArray call(NDManager manager, String method, Object... arguments) {
        try (IValue result = run(method, arguments)) {
            return result.toTensor((PtNDManager) manager);
        }
    }

    private IValue run(String method, Object... arguments) {
        if (!PREPARED.get()) {
            JniUtils.setGraphExecutorOptimize(false); // per thread; with it on, last digits change, nothing gets faster
            PREPARED.set(true);
        }
        IValue[] in = new IValue[arguments.length];
        try {
            for (int i = 0; i < in.length; i++) {
                in[i] = value(arguments[i]);
            }
            return TorchScriptBridge.run(module, method, in);
        } finally {
            for (IValue v : in) {
                if (v != null) {
                    v.close();
                }
            }
        }
    }

    private static IValue value(Object argument) {
        return switch (argument) {
            case PtNDArray array -> IValue.from(array);
            case Double number -> IValue.from(number.doubleValue());
            case Long number -> IValue.from(number.longValue());
            case Integer number -> IValue.from(number.longValue());
            case Boolean flag -> IValue.from(flag.booleanValue());
            case NDList list -> IValue.listFrom(list.stream().map(PtNDArray.class::cast).toArray(PtNDArray[]::new));
            default -> throw new IllegalArgumentException("no TorchScript value for " + argument.getClass());
        };
    }

    private static byte[] archive(String code) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setMethod(ZipOutputStream.STORED);
            store(zip, "k/data.pkl", pickledModule());
            store(zip, "k/code/__torch__.py", code.getBytes(StandardCharsets.UTF_8));
            store(zip, "k/constants.pkl", new byte[]{(byte) 0x80, 2, ')', '.'}); // an empty tuple
            store(zip, "k/version", ascii("3\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a byte array does not fail
        }
        return bytes.toByteArray();
    }

    /** Pickle protocol 2 of {@code __torch__.K()} with the attribute training = True. */
    private static byte[] pickledModule() throws IOException {
        ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        pickle.write(new byte[]{(byte) 0x80, 2, 'c'});
        pickle.write(ascii("__torch__\nK\n"));
        pickle.write(new byte[]{')', (byte) 0x81, '}', '(', 'X', 8, 0, 0, 0});
        pickle.write(ascii("training"));
        pickle.write(new byte[]{(byte) 0x88, 'u', 'b', '.'});
        return pickle.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void store(ZipOutputStream zip, String name, byte[] data) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setSize(data.length);
        CRC32 crc = new CRC32();
        crc.update(data);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(data);
        zip.closeEntry();
    }
}
