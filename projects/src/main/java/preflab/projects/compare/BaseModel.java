package preflab.projects.compare;

/** Accuracy of the model all compared runs started from, as they measured it before their first step. */
public record BaseModel(String model, double accuracy, Interval interval) {
}
