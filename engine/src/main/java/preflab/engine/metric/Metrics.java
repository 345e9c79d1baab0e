package preflab.engine.metric;

/** Names of the metrics that the trainer itself logs; objectives add their own diagnostics, named as in the field. */
public final class Metrics {
    public static final String LOSS = "loss";
    /** L2 norm over all gradients before clipping. */
    public static final String GRAD_NORM = "grad_norm";
    /** 1 where that norm was above {@code optimizer.max_grad_norm} and the gradient scaled down to it, else 0. */
    public static final String GRAD_CLIPPED = "grad_clipped";
    /**
     * Followed by the name of one of several terms of a loss: ‖∇_θ term‖₂ divided by the sum of these norms over all terms,
     * on the first rows of a step; logged at the first step and before every evaluation.
     */
    public static final String GRAD_SHARE = "grad_share/";
    /**
     * How strongly the loss pulls at a row: N·mean_t |∂L/∂log π_t| over the tokens of the row's completions, for N rows in
     * the step; the mean over rows. β σ(−margin) for DPO.
     */
    public static final String PULL = "signal/pull";
    /** The median over the step's rows of the same: near 0 while the mean is not, most rows teach nothing any more. */
    public static final String PULL_MEDIAN = "signal/pull_median";
    /**
     * Share of the pull that cancels where completions of one row begin with the same tokens: there they push the same
     * log-probabilities in opposite directions.
     */
    public static final String PULL_CANCELLED = "signal/cancelled";
    /** Share of the step's rows whose pull is zero, or cancels wholly: chosen = rejected, or a loss that is flat there. */
    public static final String SILENT_ROWS = "signal/silent_rows";
    public static final String LEARNING_RATE = "learning_rate";
    /** Tokens of prompts and completions seen per second of training, evaluation and checkpoints left out. */
    public static final String TOKENS_PER_SECOND = "tokens_per_second";
    /** Tokens of prompts and completions trained on in this step. */
    public static final String TOKENS = "tokens";
    /** Seconds since the step before, what came between (evaluations, checkpoints) included. */
    public static final String SECONDS = "seconds";
    /** Passes over the training rows, fractional. */
    public static final String EPOCH = "epoch";
    /** Sequences whose reference log-probabilities a run took from the cache. */
    public static final String REFERENCE_FOUND = "reference_cache/found";
    /** Sequences that the reference scored in a run because no cache had them. */
    public static final String REFERENCE_PASSES = "reference_cache/computed";
    /** What the log-probabilities found in the cache had cost when they were computed. */
    public static final String REFERENCE_SECONDS_SAVED = "reference_cache/seconds_saved";
    /** What {@link #REFERENCE_PASSES} cost. */
    public static final String REFERENCE_SECONDS = "reference_cache/seconds";
    /** Memory that the reference's weights would have taken while training and did not. */
    public static final String REFERENCE_BYTES_SAVED = "reference_cache/bytes_saved";
    /** What the cache takes, with what all runs have kept in it. */
    public static final String REFERENCE_BYTES_ON_DISK = "reference_cache/bytes_on_disk";
    /** Most MiB that a run's process had in main memory at once; at the end. */
    public static final String PEAK_MEMORY = "memory/peak_mb";
    /** What was expected of {@link #PEAK_MEMORY} before the run. */
    public static final String ESTIMATED_MEMORY = "memory/estimated_mb";
    /** Estimate ÷ measurement − 1. */
    public static final String MEMORY_ERROR = "memory/estimate_error";
    /** Seconds of all steps together, evaluations and checkpoints left out; at the end. */
    public static final String STEP_SECONDS = "time/steps_seconds";
    /** What was expected of {@link #STEP_SECONDS} before the run. */
    public static final String ESTIMATED_SECONDS = "time/estimated_seconds";
    /** Estimate ÷ measurement − 1. */
    public static final String SECONDS_ERROR = "time/estimate_error";
    /** What the names of metrics on held-out rows start with. */
    public static final String EVAL = "eval/";
    /** Share of held-out problems whose generated final answer is right. */
    public static final String EVAL_ACCURACY = "eval/accuracy";
    /** Problems behind {@link #EVAL_ACCURACY}. */
    public static final String EVAL_COUNT = "eval/count";

    /** exp(−mean log-probability) of the tokens of held-out completions that are right or preferred. */
    public static final String EVAL_PERPLEXITY = "eval/perplexity";
    /** Mean entropy, in nats, of the next token's distribution at those tokens. */
    public static final String EVAL_ENTROPY = "eval/entropy";
    /** KL(π‖π_ref) of whole answers, in nats, measured on the policy's own samples. */
    public static final String EVAL_KL_POLICY_REF = "eval/kl_policy_ref";
    /** KL(π_ref‖π) of whole answers, in nats, measured on the reference's samples. */
    public static final String EVAL_KL_REF_POLICY = "eval/kl_ref_policy";

    private Metrics() {
    }
}
