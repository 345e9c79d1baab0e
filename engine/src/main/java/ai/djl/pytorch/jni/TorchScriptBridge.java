package ai.djl.pytorch.jni;

import ai.djl.pytorch.engine.PtSymbolBlock;

/**
 * Runs a method of a TorchScript module with gradients. Lives in DJL's package because the native entry point is
 * package-private and DJL's public wrapper hard-codes inference mode.
 */
public final class TorchScriptBridge {

    private TorchScriptBridge() {
    }

    /** The method's result; the caller closes it and the arguments. */
    public static IValue run(PtSymbolBlock module, String method, IValue... arguments) {
        long[] handles = new long[arguments.length];
        for (int i = 0; i < handles.length; i++) {
            handles[i] = arguments[i].getHandle();
        }
        boolean train = true; // false would detach the results from the graph
        return new IValue(PyTorchLibrary.LIB.moduleRunMethod(module.getHandle(), method, handles, train, false));
    }
}
