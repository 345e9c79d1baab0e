package preflab.datasets.convert;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import preflab.datasets.example.Content;
import preflab.datasets.example.Demonstration;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.Stepwise;
import preflab.datasets.example.Unpaired;
import preflab.datasets.importer.Progress;
import preflab.datasets.split.SplitRule;

/**
 * Cuts answers into steps that nobody has judged yet. A verdict on the answer stays a verdict on the answer; a
 * demonstration says nothing about being right. Empty answers are left out.
 */
public record AnswersToSteps(SplitRule rule) implements Conversion {

    @Override
    public String id() {
        return "answers_to_steps";
    }

    @Override
    public String summary() {
        return "answers cut into steps by " + rule.id();
    }

    @Override
    public boolean reads(Kind kind) {
        return kind == Kind.SFT || kind == Kind.UNPAIRED;
    }

    @Override
    public Kind result(Kind source) {
        return Kind.STEPWISE;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("rule", rule.id());
    }

    @Override
    public Stream<PreferenceExample> rows(ExampleView source, Progress progress) {
        return Rows.of(source, progress).map(row -> row instanceof Unpaired e
                ? steps(e, e.completion(), Optional.of(e.accepted()))
                : steps(row, ((Demonstration) row).completion(), Optional.empty()))
                .filter(row -> !row.steps().isEmpty()).map(PreferenceExample.class::cast);
    }

    private Stepwise steps(PreferenceExample row, Content answer, Optional<Boolean> right) {
        List<Step> steps = rule.split(answer.text()).stream().map(text -> Step.labelled(text, StepLabel.UNMARKED))
                .toList();
        return new Stepwise(row.id(), row.prompt(), steps, right, row.source());
    }
}
