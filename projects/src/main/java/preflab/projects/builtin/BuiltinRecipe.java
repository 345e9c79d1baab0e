package preflab.projects.builtin;

import java.util.List;
import preflab.datasets.sample.SumGenerator;
import preflab.datasets.sample.SumProblem;

/**
 * All that decides the built-in model and data, besides the program itself.
 *
 * @param seed
 *            of problems, mistakes, initial weights, order and sampling
 * @param pretrainSteps
 *            optimizer steps of the base model
 * @param pretrainBatch
 *            imperfect solutions per step; each is seen once
 * @param learningRate
 *            of the base model
 * @param pretrain
 *            problems the base model has seen solved
 * @param train
 *            problems that preferences are collected on
 * @param validation
 *            problems for choosing settings
 * @param test
 *            problems for the claims
 * @param answers
 *            answers drawn per training problem
 * @param rollouts
 *            continuations drawn per prefix to value a step
 */
public record BuiltinRecipe(long seed, int pretrainSteps, int pretrainBatch, double learningRate, int pretrain,
        int train, int validation, int test, int answers, int rollouts) {

    /** What ships. */
    public static final BuiltinRecipe SHIPPED = new BuiltinRecipe(20, 900, 64, 3e-3, 20_000, 2_500, 500, 2_500, 8, 16);

    /** Longest answer in tokens; the longest right one has 26. */
    public static final int MAX_ANSWER = 40;

    /** The problems of each part; no two parts share one, not even with its numbers in another order. */
    public Problems problems() {
        List<SumProblem> all = generator().problems(pretrain + train + validation + test, seed);
        int afterTrain = pretrain + train;
        return new Problems(all.subList(0, pretrain), all.subList(pretrain, afterTrain),
                all.subList(afterTrain, afterTrain + validation), all.subList(afterTrain + validation, all.size()));
    }

    SumGenerator generator() {
        return SumGenerator.builtin();
    }

    /** Four disjoint lists. */
    public record Problems(List<SumProblem> pretrain, List<SumProblem> train, List<SumProblem> validation,
            List<SumProblem> test) {
    }
}
