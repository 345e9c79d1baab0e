package preflab.datasets.example;

/** A verdict on one reasoning step. {@code NEUTRAL} is a verdict, {@code UNMARKED} is the lack of one: never mixed. */
public enum StepLabel {
    BAD, NEUTRAL, GOOD, UNMARKED
}
