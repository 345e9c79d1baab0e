package preflab.app.data;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import preflab.datasets.convert.AnswersToSteps;
import preflab.datasets.convert.BestAndWorst;
import preflab.datasets.convert.Conversion;
import preflab.datasets.convert.ForgetShare;
import preflab.datasets.convert.MatchedPairs;
import preflab.datasets.convert.NoiseCandidate;
import preflab.datasets.convert.PairsToUnpaired;
import preflab.datasets.convert.RankedToPairs;
import preflab.datasets.convert.RefusalPairs;
import preflab.datasets.convert.StepsToAnswers;
import preflab.datasets.convert.WithoutDuplicates;
import preflab.datasets.example.Kind;
import preflab.datasets.split.SplitRule;

/**
 * A conversion a person can choose, with what they are asked.
 *
 * @param build
 *            from values by the settings' ids; throws IllegalArgumentException for a value that is not allowed
 */
record Recipe(String title, List<Setting> settings, Function<Map<String, String>, Conversion> build) {

    /**
     * One question.
     *
     * @param choices
     *            empty where anything may be typed
     */
    record Setting(String id, String label, String usual, List<String> choices) {
        Setting {
            choices = List.copyOf(choices);
        }
    }

    private static final Setting SEED = new Setting("seed", "Seed", "1", List.of());

    static final List<Recipe> ALL = List.of(new Recipe("Pairs → single answers", List.of(), v -> new PairsToUnpaired()),
            new Recipe("Good and bad answers → pairs", List.of(), v -> new MatchedPairs()),
            new Recipe("Ranking → pairs",
                    List.of(new Setting("pairs", "Pairs", "best_worst",
                            List.of("best_worst", "best_others", "neighbours", "all")),
                            new Setting("gap", "Least score gap", "0", List.of())),
                    v -> new RankedToPairs(RankedToPairs.Choice.valueOf(v.get("pairs").toUpperCase(Locale.ROOT)),
                            number(v, "gap"))),
            new Recipe("Ranking → best and worst k",
                    List.of(new Setting("keep", "k", "5", List.of("5", "4", "3", "2", "1"))),
                    v -> new BestAndWorst(whole(v, "keep"))),
            new Recipe("Answers → steps",
                    List.of(new Setting("rule", "Cut", "line",
                            SplitRule.plain().stream().map(SplitRule::id).toList())),
                    v -> new AnswersToSteps(SplitRule.of(v.get("rule")).orElseThrow())),
            new Recipe("Steps → answers",
                    List.of(new Setting("as", "As", "unpaired", List.of("unpaired", "sft"))),
                    v -> new StepsToAnswers("sft".equals(v.get("as")))),
            new Recipe("Add a noise candidate", List.of(SEED), v -> new NoiseCandidate(whole(v, "seed"))),
            new Recipe("Refusal pairs for forgetting",
                    List.of(new Setting("refusal", "Refusal", RefusalPairs.I_DO_NOT_KNOW, List.of()), SEED),
                    v -> new RefusalPairs(List.of(v.get("refusal")), whole(v, "seed"))),
            new Recipe("Forget a share",
                    List.of(new Setting("percent", "Percent", "10", List.of("1", "5", "10", "50")), SEED),
                    v -> new ForgetShare(number(v, "percent"), whole(v, "seed"))),
            new Recipe("Without duplicates", List.of(), v -> new WithoutDuplicates()));

    Recipe {
        settings = List.copyOf(settings);
    }

    /** Those that read rows of this kind. */
    static List<Recipe> of(Kind kind) {
        return ALL.stream().filter(recipe -> recipe.build().apply(recipe.usual()).reads(kind)).toList();
    }

    /** What is asked, answered as usual. */
    Map<String, String> usual() {
        return settings.stream().collect(Collectors.toMap(Setting::id, Setting::usual));
    }

    private static double number(Map<String, String> values, String id) {
        try {
            return Double.parseDouble(values.get(id).strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(id + " is a number, not '" + values.get(id) + "'", e);
        }
    }

    private static int whole(Map<String, String> values, String id) {
        try {
            return Integer.parseInt(values.get(id).strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(id + " is a whole number, not '" + values.get(id) + "'", e);
        }
    }
}
