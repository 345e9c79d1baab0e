package preflab.engine.train;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import preflab.engine.eval.BatchScorer;
import preflab.engine.model.Generator;
import preflab.engine.model.LayerMemory;
import preflab.engine.model.LoraSettings;
import preflab.engine.model.ModelConfig;
import preflab.engine.model.Precision;
import preflab.engine.objective.Dpo;
import preflab.engine.objective.Needs;
import preflab.engine.param.ParamValues;

/**
 * The resident memory of a run's process at its peak, counted from shapes and settings before anything is loaded.
 *
 * <p>
 * What stays: the program, weights, a frozen copy, gradients and AdamW's two moments. What comes and goes, of which the
 * largest counts: a training step (what the layers keep for the way back, and logits), answers at an evaluation, and the
 * merged weights that a checkpoint of an adapter is written from.
 *
 * @param bytes
 *            by what they are for; parts that come and go are those of the largest
 */
public record MemoryEstimate(Map<Part, Long> bytes) {

    /** What memory is for. */
    public enum Part {
        PROGRAM("program"), ROWS("tokens of the rows"), WEIGHTS("weights"), FROZEN("frozen copy"), GRADIENTS(
                "gradients"), OPTIMIZER(
                        "optimizer"), ACTIVATIONS(
                                "activations"), LOGITS("logits"), ANSWERS("answers"), MERGING("merging");

        private final String label;

        Part(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    private static final long FLOAT = 4;
    private static final long MIB = 1 << 20;

    /** Java, its heap, libtorch and the tokenizer, measured with models of a few thousand weights. */
    static final long PROGRAM = 250 * MIB;
    /**
     * Holes that freed arrays leave and others do not fit into, as a share of what comes and goes: measured 0.3 to 0.7
     * below the size from which the allocator gives every array back by itself, 32 MiB.
     */
    static final double HOLES = 0.5;
    static final double NO_HOLES = 0.05;
    private static final long GIVEN_BACK = 32 * MIB;

    public MemoryEstimate {
        Map<Part, Long> sorted = new EnumMap<>(Part.class);
        sorted.putAll(bytes);
        bytes = Collections.unmodifiableMap(sorted);
    }

    /**
     * What is known of a run.
     *
     * @param policy
     *            the model that is trained
     * @param referenceParameters
     *            of the frozen model; 0 where there is none
     * @param referenceApart
     *            whether it is another folder than the policy's: an adapter that is off cannot stand for it
     * @param rows
     *            lengths of the examples
     * @param heldOut
     *            rows that evaluations have
     */
    public record Subject(ModelConfig policy, long referenceParameters, boolean referenceApart, Needs needs,
            RowLengths rows, int heldOut) {
    }

    /** With these settings. */
    public static MemoryEstimate of(Subject subject, ParamValues settings) {
        return new Count(subject, settings).estimate();
    }

    /** Pairs and their tokens in {@link #typical}. */
    public static final int TYPICAL_PAIRS = 8;
    public static final int TYPICAL_LENGTH = 512;

    /** DPO on eight pairs of 512 tokens (or as many as the model has positions for) at a time, by the way of training. */
    public static Map<String, MemoryEstimate> typical(ModelConfig config) {
        int length = Math.min(TYPICAL_LENGTH, config.maxPositions());
        RowLengths rows = new RowLengths(Collections.nCopies(TYPICAL_PAIRS, new RowLengths.Length(2, length, length)),
                RowLengths.Length.NONE, 1, 1, 0);
        Subject subject = new Subject(config, config.parameterCount(), false, Dpo.TYPE.defaultNeeds(), rows, 0);
        Map<String, String> usual = Map.of(TrainSettings.BATCH_SIZE.id(), String.valueOf(TYPICAL_PAIRS));
        Map<String, MemoryEstimate> ways = new LinkedHashMap<>();
        ways.put("all weights", of(subject, usual, Map.of()));
        ways.put("LoRA", of(subject, usual, Map.of(TrainSettings.LORA_RANK.id(), "64")));
        ways.put("LoRA, recomputed", of(subject, usual,
                Map.of(TrainSettings.LORA_RANK.id(), "64", TrainSettings.RECOMPUTE.id(), "true")));
        return ways;
    }

    private static MemoryEstimate of(Subject subject, Map<String, String> usual, Map<String, String> more) {
        Map<String, String> settings = new LinkedHashMap<>(usual);
        settings.putAll(more);
        return of(subject, ParamValues.parse(TrainSettings.ALL, settings));
    }

    public long peak() {
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }

    public long of(Part part) {
        return bytes.getOrDefault(part, 0L);
    }

    /** One estimate in the making. */
    private static final class Count {
        private final Subject subject;
        private final ParamValues settings;
        private final ModelConfig config;
        private final Optional<LoraSettings> lora;
        private final LayerMemory layer;
        private final BatchShape batch;
        private final Map<Part, Long> bytes = new EnumMap<>(Part.class);

        Count(Subject subject, ParamValues settings) {
            this.subject = subject;
            this.settings = settings;
            this.config = subject.policy();
            this.lora = TrainSettings.lora(settings);
            this.layer = LayerMemory.of(config, Precision.of(settings.get(TrainSettings.PRECISION)), lora);
            this.batch = subject.rows().longest(settings.get(TrainSettings.BATCH_SIZE),
                    Math.min(settings.get(TrainSettings.MAX_LENGTH), config.maxPositions()));
        }

        MemoryEstimate estimate() {
            long parameters = config.parameterCount();
            long trained = lora.map(l -> LayerMemory.adapterParameters(config, l)).orElse(parameters);
            bytes.put(Part.PROGRAM, PROGRAM);
            bytes.put(Part.ROWS, subject.rows().bytes());
            bytes.put(Part.WEIGHTS, FLOAT * (parameters + (lora.isPresent() ? trained : 0)));
            bytes.put(Part.FROZEN, FLOAT * frozen());
            bytes.put(Part.GRADIENTS, FLOAT * trained);
            bytes.put(Part.OPTIMIZER, 2 * FLOAT * trained);
            comingAndGoing();
            return new MemoryEstimate(bytes);
        }

        /** Loaded also where its log-probabilities are cached: for those that are not, and to measure how far the policy is. */
        private long frozen() {
            boolean off = lora.isPresent() && !subject.referenceApart();
            boolean reference = subject.needs().frozenModel() && !off;
            boolean previous = subject.needs().previous() && subject.referenceApart() && lora.isEmpty();
            return (reference ? subject.referenceParameters() : 0) + (previous ? config.parameterCount() : 0);
        }

        private void comingAndGoing() {
            long kept = kept();
            long logits = head();
            long answers = answers();
            long merging = lora.isPresent() ? FLOAT * config.parameterCount() : 0;
            if (Math.max(answers, merging) <= kept + logits) {
                bytes.put(Part.ACTIVATIONS, slack(kept));
                bytes.put(Part.LOGITS, slack(logits));
            } else if (answers > merging) {
                bytes.put(Part.ANSWERS, slack(answers));
            } else {
                bytes.put(Part.MERGING, slack(merging));
            }
        }

        /** Half of the arrays are of the width of the hidden states, half of the feed-forward's. */
        private long slack(long size) {
            double share = 0;
            for (int width : new int[]{config.hiddenSize(), config.intermediateSize()}) {
                boolean holes = FLOAT * width * batch.tokens() < GIVEN_BACK && !settings.get(TrainSettings.RECOMPUTE);
                share += (holes ? HOLES : NO_HOLES) / 2;
            }
            return (long) (size * (1 + share));
        }

        private boolean recomputes() {
            return settings.get(TrainSettings.RECOMPUTE)
                    && subject.needs().vocabularyKl() == Needs.KlDirection.NONE;
        }

        /** By the layers, for the way back; recomputed, the input of each layer and all of one. */
        private long kept() {
            double input = FLOAT * (double) config.hiddenSize() * batch.tokens();
            double layers = recomputes()
                    ? config.layers() * input + oneLayer()
                    : (config.layers() - 1) * perLayer() + layer.weightCopies() + oneLayer();
            return (long) (layers + 3 * input);
        }

        private double perLayer() {
            return layer.keptPerToken() * batch.tokens() + layer.keptPerScore(batch.width()) * batch.sequences()
                    * config.heads() * batch.width() * batch.width();
        }

        /** While it is computed. */
        private double oneLayer() {
            double copies = recomputes() ? layer.weightCopies() / (double) config.layers() : 0;
            return perLayer() + copies + layer.workPerToken() * batch.tokens();
        }

        /**
         * Beyond what else there is then: recomputed, no layer is there while the head is computed, and about half of the
         * layer's room was found to serve again (all of it would be 10 to 22 % too little, none of it up to 21 % too much).
         */
        private long head() {
            long logits = logits();
            return recomputes() ? logits - Math.min(logits, (long) oneLayer()) / 2 : logits;
        }

        /**
         * Of the active tokens, their softmax and the gradients of both: where they are many, a chunk at a time; where they
         * are few, the softmax of all and the others of a block.
         */
        private long logits() {
            long all = (long) batch.activeTokens() * config.vocabSize();
            boolean kl = subject.needs().vocabularyKl() != Needs.KlDirection.NONE;
            long embedding = lora.isPresent() ? 0 : (long) config.vocabSize() * config.hiddenSize();
            if (kl) {
                return FLOAT * (12 * all + embedding); // of both models
            }
            boolean chunks = all > BatchScorer.LOGITS_AT_ONCE || recomputes();
            long beside = Math.min(all, chunks ? BatchScorer.LOGITS_AT_ONCE : BatchScorer.LOGITS_OF_A_BLOCK);
            return FLOAT * ((chunks ? beside : all) + 3 * beside + embedding);
        }

        private long answers() {
            int rows = Math.min(subject.heldOut(), settings.get(TrainSettings.EVALUATION_ROWS));
            int most = Math.max(rows, settings.get(TrainSettings.SAMPLE_PROMPTS));
            return FLOAT * Generator.numbers(config, Math.min(most, Generator.BATCH_SIZE), batch.width(),
                    settings.get(TrainSettings.MAX_NEW_TOKENS));
        }
    }
}
