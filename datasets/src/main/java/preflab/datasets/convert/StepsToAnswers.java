package preflab.datasets.convert;

import java.util.Map;
import java.util.stream.Stream;

import preflab.datasets.example.Content;
import preflab.datasets.example.Demonstration;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Stepwise;
import preflab.datasets.example.Unpaired;
import preflab.datasets.importer.Progress;

/**
 * Steps joined to whole answers, byte for byte. As unpaired rows, answers known to be right or wrong; as demonstrations,
 * those not known to be wrong.
 *
 * @param demonstrations
 *            sft rows instead of unpaired ones
 */
public record StepsToAnswers(boolean demonstrations) implements Conversion {

    @Override
    public String id() {
        return "steps_to_answers";
    }

    @Override
    public String summary() {
        return demonstrations ? "steps joined; answers not known to be wrong" : "steps joined; right and wrong answers";
    }

    @Override
    public boolean reads(Kind kind) {
        return kind == Kind.STEPWISE;
    }

    @Override
    public Kind result(Kind source) {
        return demonstrations ? Kind.SFT : Kind.UNPAIRED;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("as", result(Kind.STEPWISE).id());
    }

    @Override
    public Stream<PreferenceExample> rows(ExampleView source, Progress progress) {
        return Rows.of(source, progress).map(Stepwise.class::cast)
                .filter(row -> demonstrations ? row.answerCorrect().orElse(true) : row.answerCorrect().isPresent())
                .map(this::joined);
    }

    private PreferenceExample joined(Stepwise row) {
        Content answer = Content.of(row.answer());
        return demonstrations
                ? new Demonstration(row.id(), row.prompt(), answer, row.source())
                : new Unpaired(row.id(), row.prompt(), answer, row.answerCorrect().orElseThrow(), row.source());
    }
}
