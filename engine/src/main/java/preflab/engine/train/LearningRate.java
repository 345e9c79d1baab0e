package preflab.engine.train;

import preflab.engine.param.ParamValues;

/**
 * The learning rate of each optimizer step: up linearly to the peak, then down by the schedule.
 *
 * @param warmupSteps
 *            steps of the rise; the last of them has the peak
 */
record LearningRate(String kind, double peak, int warmupSteps, int steps) {

    static LearningRate of(ParamValues settings) {
        int steps = settings.get(TrainSettings.STEPS);
        int warmup = (int) Math.ceil(settings.get(TrainSettings.WARMUP_RATIO) * steps);
        return new LearningRate(settings.get(TrainSettings.SCHEDULE), settings.get(TrainSettings.LEARNING_RATE),
                warmup, steps);
    }

    /** The rate of a step, counted from 0. Never 0 for a step that is taken. */
    double at(int step) {
        if (step < warmupSteps) {
            return peak * (step + 1) / warmupSteps;
        }
        double progress = (double) (step - warmupSteps) / Math.max(1, steps - warmupSteps); // [0, 1)
        return switch (kind) {
            case "cosine" -> peak * 0.5 * (1 + Math.cos(Math.PI * progress));
            case "linear" -> peak * (1 - progress);
            case "constant" -> peak;
            default -> throw new TrainException("schedule.kind cosine, linear or constant, not " + kind);
        };
    }
}
