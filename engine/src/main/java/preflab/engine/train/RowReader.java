package preflab.engine.train;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.datasets.example.PreferenceExample;
import preflab.engine.batch.ModelException;
import preflab.engine.batch.RowSide;
import preflab.engine.batch.TextTokenizer;
import preflab.engine.batch.Truncation;
import preflab.engine.model.Precision;
import preflab.engine.model.TokenLogProbs;
import preflab.engine.model.TransformerPolicy;
import preflab.engine.objective.Scores;
import preflab.engine.objective.State;
import preflab.engine.param.ParamValues;
import preflab.engine.tensor.Torch;

/**
 * Reads rows token by token with the policy of a run at one of its checkpoints, its objective, reference and value head;
 * or with a model alone. Rows may be of any kind and need not be the run's. Not thread-safe.
 */
public final class RowReader implements AutoCloseable {

    private final AutoCloseable owned;
    private final TransformerPolicy policy;
    private final TextTokenizer tokenizer;
    private final RowObjective<?> objective; // or null of a model alone

    private RowReader(AutoCloseable owned, TransformerPolicy policy, TextTokenizer tokenizer,
            RowObjective<?> objective) {
        this.owned = owned;
        this.policy = policy;
        this.tokenizer = tokenizer;
        this.objective = objective;
    }

    /**
     * A model without an objective: log-probabilities alone.
     *
     * @throws ModelException
     *             if the folder is no model
     */
    public static RowReader of(Path model) {
        NDManager manager = Torch.newManager();
        try {
            TransformerPolicy policy = TransformerPolicy.load(model, manager, Precision.FLOAT32);
            TextTokenizer tokenizer = TextTokenizer.load(model);
            return new RowReader(() -> {
                tokenizer.close();
                manager.close();
            }, policy, tokenizer, null);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /**
     * A run as it was at the checkpoint that the inputs go on from, or before its first step. It computes in the run's
     * precision; on the processor where the run's device is not here.
     *
     * @param inputs
     *            of which the rows are not looked at
     * @throws TrainException
     *             for an unknown objective
     */
    public static RowReader of(RunSpec spec, TrainInputs inputs, SampleCache samples) {
        RunSpec here = onThisMachine(spec);
        return of(RunPlan.unchecked(here), inputs, samples);
    }

    private static <S extends Scores> RowReader of(RunPlan<S> plan, TrainInputs inputs,
            SampleCache samples) {
        RunModels models = RunModels.load(plan.settings(), plan.needs(), inputs);
        try {
            Truncation truncation = plan.truncation(models.tokenizer(), models.policy().config().maxPositions());
            ReferenceSampling sampling = new ReferenceSampling(plan, models, truncation.maxLength(), new StopSignal(),
                    inputs.reference().orElse(inputs.model()), samples);
            State state = inputs.resumed().map(from -> from.progress().objective()).orElse(State.EMPTY);
            return new RowReader(models, models.policy(), models.tokenizer(),
                    new RowObjective<>(plan, models, sampling, truncation, state));
        } catch (RuntimeException e) {
            models.close();
            throw e;
        }
    }

    private static RunSpec onThisMachine(RunSpec spec) {
        boolean elsewhere = spec.settings().get(TrainSettings.DEVICE).equals("gpu")
                && Torch.engine().getGpuCount() == 0;
        if (!elsewhere) {
            return spec;
        }
        Map<String, String> text = spec.settings().asText();
        text.put(TrainSettings.DEVICE.id(), "cpu");
        return new RunSpec(spec.version(), spec.name(), spec.dataset(), spec.evaluation(), spec.model(),
                spec.reference(), spec.objective(), spec.hyper(), ParamValues.parse(TrainSettings.ALL, text));
    }

    /** Why rows of this kind get no gradient, as a sentence; empty if they get one. */
    public Optional<String> withoutGradient(Kind kind) {
        return objective == null
                ? Optional.of("a model without an objective has no loss to differentiate")
                : objective.obstacle(kind);
    }

    /** How many rows make one batch of the loss: 1 unless it couples its examples. */
    public int together(Kind kind) {
        return withoutGradient(kind).isPresent() ? 1 : objective.together();
    }

    /**
     * Reads the rows {@code from} to {@code to}, the latter not included, as one batch of the loss.
     *
     * @throws TrainException
     *             if they cannot be read; the message says why
     */
    public List<RowReading> read(ExampleView view, int from, int to) {
        List<PreferenceExample> rows = IntStream.range(from, to).mapToObj(view::get).toList();
        List<RowObjective.Part> parts = withoutGradient(view.kind()).isPresent()
                ? List.of()
                : objective.parts(view, rows);
        boolean gradient = withoutGradient(view.kind()).isEmpty();
        return rows.stream().map(row -> reading(row, gradient, parts.stream()
                .filter(part -> part.row() == row.id().index()).toList())).toList();
    }

    private RowReading reading(PreferenceExample row, boolean gradient, List<RowObjective.Part> parts) {
        List<RowObjective.Part> left = new ArrayList<>(parts);
        List<SideReading> sides = new ArrayList<>();
        for (RowSide side : RowSide.of(row, tokenizer)) {
            Optional<RowObjective.Part> own = left.stream().filter(part -> !side.places(part.sequence()).isEmpty())
                    .findFirst();
            own.ifPresent(left::remove); // equal completions take turns
            sides.add(side(side, gradient, own));
        }
        return new RowReading(row.id().index(), sides);
    }

    private SideReading side(RowSide side, boolean gradient, Optional<RowObjective.Part> part) {
        if (side.encoded().length() - 1 > policy.config().maxPositions()) {
            return unread(side, "its " + side.encoded().length() + " tokens are more than the model's "
                    + policy.config().maxPositions() + " positions");
        }
        try {
            return new SideReading(side.name(), side.text(), tokens(side, gradient, part), Optional.empty());
        } catch (ModelException e) {
            return unread(side, e.getMessage());
        }
    }

    private static SideReading unread(RowSide side, String why) {
        return new SideReading(side.name(), side.text(), List.of(), Optional.of(why));
    }

    private List<TokenReading> tokens(RowSide side, boolean gradient, Optional<RowObjective.Part> part) {
        int count = side.tokens();
        float[] gradients = filled(count, gradient ? 0 : Float.NaN);
        float[] references = filled(count, Float.NaN);
        float[] values = filled(count, Float.NaN);
        float[] logProbs = filled(count, Float.NaN);
        part.ifPresent(found -> {
            List<Integer> places = side.places(found.sequence());
            for (int i = 0; i < places.size(); i++) {
                int place = places.get(i);
                gradients[place] = found.values().gradients[i];
                references[place] = found.values().references[i];
                values[place] = found.values().valueLogits[i];
                logProbs[place] = found.values().logProbs[i];
            }
        });
        boolean whole = part.isPresent() && part.get().sequence().prompt().length == side.encoded().promptLength()
                && IntStream.range(0, count).noneMatch(i -> Float.isNaN(logProbs[i]));
        float[] all = whole ? logProbs : scored(side);
        return IntStream.range(0, count).mapToObj(i -> new TokenReading(side.from(i), side.to(i), side.step(i), all[i],
                references[i], gradients[i], values[i])).toList();
    }

    private float[] scored(RowSide side) {
        double[] wide = TokenLogProbs.ofCompletions(policy, List.of(side.encoded())).getFirst();
        float[] all = new float[wide.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = (float) wide[i];
        }
        return all;
    }

    private static float[] filled(int count, float value) {
        float[] array = new float[count];
        Arrays.fill(array, value);
        return array;
    }

    @Override
    public void close() {
        try {
            owned.close();
        } catch (Exception e) { // neither of the two throws a checked one
            throw new IllegalStateException(e);
        }
    }
}
