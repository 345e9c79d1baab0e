package preflab.datasets.convert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import preflab.datasets.check.Fingerprint;
import preflab.datasets.example.Content;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Paired;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.Stepwise;
import preflab.datasets.example.Unpaired;
import preflab.datasets.importer.Progress;

/**
 * Within each prompt (equal to the byte), the first good answer stands against the first bad one, the second against the
 * second, …; what is left over of either is dropped. A stepwise answer is good as the row says, or where it does not, if
 * it has verdicts on steps and none is bad; one without any verdict is dropped. Equal texts make no pair.
 */
public record MatchedPairs() implements Conversion {

    @Override
    public String id() {
        return "match_pairs";
    }

    @Override
    public String summary() {
        return "good and bad answers matched within a prompt, the surplus dropped";
    }

    @Override
    public boolean reads(Kind kind) {
        return kind == Kind.UNPAIRED || kind == Kind.STEPWISE;
    }

    @Override
    public Kind result(Kind source) {
        return Kind.PAIRED;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of();
    }

    @Override
    public Stream<PreferenceExample> rows(ExampleView source, Progress progress) {
        List<int[]> matches = matches(source, progress);
        return Rows.walk(matches.size(), i -> matches.get(i), Progress.NONE)
                .map(match -> pair(source.get(match[0]), source.get(match[1])))
                .filter(pair -> !pair.chosen().equals(pair.rejected())).map(PreferenceExample.class::cast);
    }

    /** Pairs of rows (good, bad), by the first row of their prompt. */
    private static List<int[]> matches(ExampleView source, Progress progress) {
        Map<Fingerprint, Answers> prompts = new LinkedHashMap<>();
        Rows.of(source, progress).forEach(row -> good(row).ifPresent(good -> {
            Answers answers = prompts.computeIfAbsent(Fingerprint.ofExactPrompt(row), _ -> new Answers());
            (good ? answers.good : answers.bad).add(row.id().index());
        }));
        return prompts.values().stream().flatMap(Answers::matches).toList();
    }

    private static Optional<Boolean> good(PreferenceExample row) {
        return switch (row) {
            case Unpaired e -> Optional.of(e.accepted());
            case Stepwise e when e.answerCorrect().isPresent() -> e.answerCorrect();
            case Stepwise e when e.steps().stream().anyMatch(step -> step.label() != StepLabel.UNMARKED) ->
                Optional.of(e.steps().stream().noneMatch(step -> step.label() == StepLabel.BAD));
            default -> Optional.empty();
        };
    }

    private static Paired pair(PreferenceExample good, PreferenceExample bad) {
        return new Paired(good.id(), good.prompt(), answer(good), answer(bad), good.source());
    }

    private static Content answer(PreferenceExample row) {
        return row instanceof Stepwise e ? Content.of(e.answer()) : ((Unpaired) row).completion();
    }

    private static final class Answers {
        final List<Integer> good = new ArrayList<>(1);
        final List<Integer> bad = new ArrayList<>(1);

        Stream<int[]> matches() {
            return IntStream.range(0, Math.min(good.size(), bad.size()))
                    .mapToObj(i -> new int[]{good.get(i), bad.get(i)});
        }
    }
}
