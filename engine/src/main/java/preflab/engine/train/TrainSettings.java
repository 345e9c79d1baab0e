package preflab.engine.train;

import java.util.List;
import java.util.Optional;
import preflab.engine.model.LoraSettings;
import preflab.engine.param.Param;
import preflab.engine.param.ParamValues;
import preflab.engine.param.Params;

/** The settings of a run that no objective owns, by dotted names. One list for form, flags, files and docs. */
public final class TrainSettings {

    public static final Param.OfInt STEPS = Params.count("training.steps", "Steps", 100, 1, Integer.MAX_VALUE,
            "Optimizer steps to take.");
    public static final Param.OfInt BATCH_SIZE = Params.count("training.batch_size", "Batch size", 32, 1, 65_536,
            "Examples per micro-batch; an optimizer step sees this times the accumulation.");
    public static final Param.OfInt ACCUMULATION = Params.count("training.gradient_accumulation_steps",
            "Gradient accumulation", 1, 1, 65_536,
            "Micro-batches per optimizer step; the result does not depend on it.");
    public static final Param.OfInt SEED = Params.count("training.seed", "Seed", 1, 0, Integer.MAX_VALUE,
            "Decides order and sampling; two runs with one seed log the same values.");
    public static final Param.OfInt LORA_RANK = Params.count("lora.rank", "LoRA rank", 0, 0, 65_536,
            "0 trains all weights; otherwise these stay as they are and adapters of this rank are trained. 64 with alpha"
                    + " 16 is the usual preset.");
    public static final Param.OfDouble LORA_ALPHA = Params.positive("lora.alpha", "α", "LoRA alpha",
            LoraSettings.PRESET_ALPHA, "What an adapter adds is multiplied by alpha / rank.");
    public static final Param.OfDouble LORA_DROPOUT = Params.below("lora.dropout", "dropout", "LoRA dropout", 0, 0, 1,
            "Share of an adapter's inputs left out at random while training.");
    public static final Param.OfText LORA_TARGETS = Params.text("lora.target_modules", "LoRA targets",
            LoraSettings.ALL, "Which matrices get an adapter: all-linear, or names such as q_proj,v_proj.",
            text -> text.isBlank() ? Optional.of("lora.target_modules must name a matrix") : Optional.empty());
    public static final Param.OfDouble LEARNING_RATE = Params.positive("optimizer.learning_rate", "lr",
            "Learning rate", 1e-4, "Peak of the schedule.");
    public static final Param.OfDouble WEIGHT_DECAY = Params.nonNegative("optimizer.weight_decay", "wd",
            "Weight decay", 0, "Decoupled, as in AdamW.");
    public static final Param.OfDouble ADAM_BETA1 = Params.below("optimizer.adam_beta1", "β₁", "AdamW β₁", 0.9, 0, 1,
            "Decay of the first moment.");
    public static final Param.OfDouble ADAM_BETA2 = Params.below("optimizer.adam_beta2", "β₂", "AdamW β₂", 0.999, 0, 1,
            "Decay of the second moment.");
    public static final Param.OfDouble ADAM_EPSILON = Params.positive("optimizer.adam_epsilon", "ε", "AdamW ε", 1e-8,
            "Keeps the update finite where gradients vanish.");
    public static final Param.OfDouble MAX_GRAD_NORM = Params.positive("optimizer.max_grad_norm", "clip",
            "Gradient clip", 1.0, "Gradients are scaled down to this L2 norm.");
    public static final Param.OfChoice SCHEDULE = Params.choice("schedule.kind", "Schedule", "cosine",
            List.of("cosine", "linear", "constant"), "How the learning rate falls after the warm-up.");
    public static final Param.OfDouble WARMUP_RATIO = Params.between("schedule.warmup_ratio", "warm-up", "Warm-up",
            0.1, 0, 1, "Share of the steps over which the learning rate rises linearly from 0.");
    public static final Param.OfInt MAX_LENGTH = Params.count("data.max_length", "Max length", 512, 2, 1 << 20,
            "Tokens of prompt and completion together; also bounded by the model's positions.");
    public static final Param.OfInt MAX_COMPLETION_LENGTH = Params.count("data.max_completion_length",
            "Max completion length", 0, 0, 1 << 20,
            "Where prompt and completion together are too long: how many tokens of a completion are kept before the prompt"
                    + " is cut or left out. With 0 a prompt that may be cut gives way first.");
    public static final Param.OfChoice PROMPT_TRUNCATION = Params.choice("data.prompt_truncation", "Long prompts",
            "keep", List.of("keep", "drop", "cut_left", "cut_right"),
            "What becomes of a prompt that leaves a completion too little room: keep it whole, so that the completion has"
                    + " what is left; leave the row out; cut the prompt's start (the start of sequence stays) or its end.");
    public static final Param.OfChoice COMPLETION_TRUNCATION = Params.choice("data.completion_truncation",
            "Long completions", "cut_right", List.of("drop", "cut_left", "cut_right"),
            "What becomes of a completion that is too long: leave the row out, cut its start, or cut its end (the end of"
                    + " sequence too, so that nothing learns to stop in the middle).");
    public static final Param.OfDouble STEP_THRESHOLD = Params.between("data.step_threshold", "threshold",
            "Step threshold", 0.5, -1, 1, "In a wrong answer a step is right iff its Q is at least this.");
    public static final Param.OfInt EVALUATE_EVERY = Params.count("evaluation.every", "Evaluate every", 0, 0,
            Integer.MAX_VALUE,
            "Steps between evaluations on held-out rows; 0 evaluates before and after training only.");
    public static final Param.OfInt EVALUATION_ROWS = Params.count("evaluation.rows", "Evaluation rows", 200, 0,
            Integer.MAX_VALUE, "How many held-out rows an evaluation uses at most; 0 switches evaluation off.");
    public static final Param.OfInt MAX_NEW_TOKENS = Params.count("evaluation.max_new_tokens", "Max new tokens", 64, 1,
            1 << 16, "Length limit of generated answers.");
    public static final Param.OfInt KL_PROMPTS = Params.count("evaluation.kl_prompts", "KL prompts", 32, 0, 1024,
            "At how many held-out prompts policy and reference are sampled to measure how far they are apart; 0 does not,"
                    + " and may spare loading the reference.");
    public static final Param.OfInt SAMPLE_PROMPTS = Params.count("samples.prompts", "Sample prompts", 4, 0, 64,
            "Fixed prompts answered at every evaluation, to be read beside other runs'.");
    public static final Param.OfBoolean REFERENCE_CACHE = Params.flag("reference.cache", "Cache the reference", true,
            "Keep the reference's log-probabilities per row in the project's cache, for every later run on the same rows.");
    public static final Param.OfInt CHECKPOINT_EVERY = Params.count("checkpoint.every", "Checkpoint every", 0, 0,
            Integer.MAX_VALUE, "Steps between checkpoints; 0 writes only the last.");
    public static final Param.OfInt KEEP_LAST = Params.count("checkpoint.keep_last", "Keep checkpoints", 3, 0,
            1_000_000,
            "How many of the last checkpoints stay on disk besides the best one; 0 keeps all.");
    public static final Param.OfChoice BEST_BY = Params.choice("checkpoint.best_by", "Best by", BestCheckpoint.NONE,
            List.of(BestCheckpoint.NONE, "eval/accuracy", "eval/loss", "eval/rewards/accuracies",
                    "eval/rewards/margins"),
            "The held-out metric whose best evaluation is kept as a checkpoint; none keeps the last ones only.");
    public static final Param.OfInt PATIENCE = Params.count("early_stopping.patience", "Early stopping after", 0, 0,
            1_000_000,
            "Evaluations without a better value of checkpoint.best_by after which the run ends; 0 never.");
    public static final Param.OfChoice DEVICE = Params.choice("compute.device", "Device", "cpu", List.of("cpu", "gpu"),
            "Where the run computes.");
    public static final Param.OfInt THREADS = Params.count("compute.threads", "Threads", 0, 0, 1024,
            "Threads per operation; 0 takes one per core.");
    public static final Param.OfChoice PRECISION = Params.choice("compute.precision", "Precision", "float32",
            List.of("float32", "bfloat16"),
            "Type of matrix products; weights, log-probabilities and losses stay in float32.");

    public static final Param.OfBoolean RECOMPUTE = Params.flag("compute.recompute", "Recompute activations", false,
            "Keep one layer's activations at a time and compute the others anew on the way back: less memory, a third"
                    + " more time.");

    /** All of them, in the order of the form. */
    public static final List<Param<?>> ALL = List.of(STEPS, BATCH_SIZE, ACCUMULATION, SEED, LORA_RANK,
            LORA_ALPHA, LORA_DROPOUT, LORA_TARGETS, LEARNING_RATE,
            WEIGHT_DECAY, ADAM_BETA1, ADAM_BETA2, ADAM_EPSILON, MAX_GRAD_NORM, SCHEDULE, WARMUP_RATIO, MAX_LENGTH,
            MAX_COMPLETION_LENGTH, PROMPT_TRUNCATION, COMPLETION_TRUNCATION, STEP_THRESHOLD, EVALUATE_EVERY,
            EVALUATION_ROWS, MAX_NEW_TOKENS, KL_PROMPTS, SAMPLE_PROMPTS,
            CHECKPOINT_EVERY, KEEP_LAST, BEST_BY, PATIENCE, REFERENCE_CACHE,
            DEVICE, THREADS, PRECISION, RECOMPUTE);

    private TrainSettings() {
    }

    /** The adapter to train; empty where all weights are trained. */
    public static Optional<LoraSettings> lora(ParamValues settings) {
        int rank = settings.get(LORA_RANK);
        return rank == 0
                ? Optional.empty()
                : Optional.of(new LoraSettings(rank, settings.get(LORA_ALPHA), settings.get(LORA_DROPOUT),
                        settings.get(LORA_TARGETS)));
    }
}
