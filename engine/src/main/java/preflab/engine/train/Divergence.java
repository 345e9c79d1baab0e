package preflab.engine.train;

/** A value stopped being a number: the message names the step, the rows and the tensor. */
final class Divergence extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Divergence(String message) {
        super(message);
    }
}
