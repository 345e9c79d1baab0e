package preflab.engine.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import preflab.engine.model.SafeTensors;
import preflab.engine.param.ParamValues;
import preflab.engine.tensor.Autograd;
import preflab.engine.tensor.Kernels;
import preflab.engine.tensor.Scopes;

/** Fused AdamW with clipping by the global gradient norm, in place on named parameters. Not thread-safe. */
final class Optimizer {

    private final List<String> names;
    private final NDList parameters = new NDList();
    private final NDList firstMoments = new NDList();
    private final NDList secondMoments = new NDList();
    private final NDList stepCounts = new NDList();
    private final Kernels.AdamW constants;
    private final double maxGradNorm;

    /** State arrays of each parameter are made with its type and device, owned by the manager. */
    Optimizer(Map<String, NDArray> trainable, NDManager manager, ParamValues settings) {
        names = List.copyOf(trainable.keySet());
        constants = new Kernels.AdamW(settings.get(TrainSettings.ADAM_BETA1), settings.get(TrainSettings.ADAM_BETA2),
                settings.get(TrainSettings.ADAM_EPSILON), settings.get(TrainSettings.WEIGHT_DECAY));
        maxGradNorm = settings.get(TrainSettings.MAX_GRAD_NORM);
        for (NDArray parameter : trainable.values()) {
            parameters.add(parameter);
            firstMoments.add(manager.zeros(parameter.getShape(), parameter.getDataType()));
            secondMoments.add(manager.zeros(parameter.getShape(), parameter.getDataType()));
            stepCounts.add(manager.zeros(new Shape(), DataType.FLOAT32));
        }
    }

    /**
     * Clips the accumulated gradients, updates the parameters and clears the gradients. If the norm is not finite,
     * nothing is touched.
     *
     * @return the gradients' L2 norm before clipping
     */
    double step(double learningRate) {
        return Autograd.without(() -> {
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                NDList gradients = gradients();
                double norm = Kernels.gradientNorm(gradients).toType(DataType.FLOAT64, false).getDouble();
                if (Double.isFinite(norm)) {
                    update(gradients, norm, learningRate);
                }
                return norm;
            }
        });
    }

    private void update(NDList gradients, double norm, double learningRate) {
        if (norm > maxGradNorm) {
            Kernels.scaleInPlace(gradients, maxGradNorm / (norm + 1e-6));
        }
        Kernels.adamW(parameters, gradients, firstMoments, secondMoments, stepCounts, constants, learningRate);
        clearGradients();
    }

    /** Sets all gradients to zero. */
    void clearGradients() {
        parameters.forEach(Autograd::zeroGradient);
    }

    private NDList gradients() {
        NDList gradients = new NDList(parameters.size());
        parameters.forEach(parameter -> gradients.add(parameter.getGradient()));
        return gradients;
    }

    /** The first parameter whose gradient holds a value that is not finite. */
    Optional<String> nonFiniteGradient() {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return firstNonFinite(gradients());
        }
    }

    /** The first parameter that holds a value that is not finite. */
    Optional<String> nonFiniteParameter() {
        return firstNonFinite(parameters);
    }

    private Optional<String> firstNonFinite(NDList arrays) {
        for (int i = 0; i < arrays.size(); i++) {
            if (!Finite.all(arrays.get(i))) {
                return Optional.of(names.get(i));
            }
        }
        return Optional.empty();
    }

    /** Moments and step counts by {@code exp_avg.NAME}, {@code exp_avg_sq.NAME}, {@code step.NAME}. */
    Map<String, NDArray> state() {
        Map<String, NDArray> state = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            state.put("exp_avg." + names.get(i), firstMoments.get(i));
            state.put("exp_avg_sq." + names.get(i), secondMoments.get(i));
            state.put("step." + names.get(i), stepCounts.get(i));
        }
        return state;
    }

    /**
     * Takes the moments and step counts of a run that goes on.
     *
     * @param file
     *            what {@link #state} was written to
     * @throws TrainException
     *             if it is of other parameters
     */
    void restore(SafeTensors file) {
        state().forEach((name, array) -> Scopes.within(() -> {
            SafeTensors.Entry entry = file.entries().get(name);
            if (entry == null || !entry.shape().equals(array.getShape())) {
                throw new TrainException("the optimizer's state is of another model: " + name
                        + (entry == null ? " is missing" : " has shape " + entry.shape()));
            }
            NDArray stored = file.read(List.of(name), array.getManager(), array.getDataType()).get(name);
            Kernels.copyInto(array, stored);
            stored.close();
            return name;
        }));
    }
}
