package preflab.engine.tensor;

/** Where arrays live. The only place besides {@link Torch} that knows of devices. */
public enum DeviceChoice {
    CPU, GPU
}
