package preflab.engine.tensor;

/**
 * Element types by libtorch's own numbers. bfloat16 exists here only: naming it to DJL aborts the process, so it is
 * reached by casts inside kernels alone.
 */
public enum TorchType {
    UINT8(0, 1), FLOAT16(5, 2), FLOAT32(6, 4), FLOAT64(7, 8), BFLOAT16(15, 2);

    private final int code;
    private final int bytes;

    TorchType(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    int code() {
        return code;
    }

    /** Width of one element in bytes. */
    public int bytes() {
        return bytes;
    }
}
