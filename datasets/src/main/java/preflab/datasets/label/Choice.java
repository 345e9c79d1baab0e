package preflab.datasets.label;

/** Which of two answers is better, in the order of the data (not of the screen). */
public enum Choice {
    FIRST, SECOND, TIE
}
