package preflab.datasets.label;

/** Where an answer of a pair is shown: A is left, B is right. */
public enum Side {
    A, B
}
