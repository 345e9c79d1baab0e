package preflab.datasets.label.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

import preflab.datasets.example.DatasetException;
import preflab.datasets.example.DatasetException.Code;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.Stepwise;
import preflab.datasets.label.NeutralPolicy;
import preflab.datasets.store.WholeFile;

/**
 * Writes stepwise rows in a foreign format. What a format cannot hold is refused with the row named, never dropped in
 * silence; rows that came from a file of the same format keep its other columns.
 */
public final class StepExport {

    private StepExport() {
    }

    /**
     * Writes every row, aside and then renamed.
     *
     * @throws DatasetException
     *             UNKNOWN_FORMAT when the rows are not stepwise or one does not fit the format; nothing is written then
     */
    public static void write(ExampleView rows, StepFormat format, NeutralPolicy neutral, Path file) {
        try {
            WholeFile.writeText(file, out -> {
                for (int i = 0; i < rows.size(); i++) {
                    if (!(rows.get(i) instanceof Stepwise row)) {
                        throw new DatasetException(Code.UNKNOWN_FORMAT, "only stepwise rows can be written as "
                                + format.id() + "; these are " + rows.kind().id());
                    }
                    out.write(line(row, format, neutral));
                    out.write('\n');
                }
            });
        } catch (IOException e) {
            throw new DatasetException(Code.STORAGE, file + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** One row as one JSON object without line breaks. */
    public static String line(Stepwise row, StepFormat format, NeutralPolicy neutral) {
        List<Step> steps = new ArrayList<>();
        for (Step step : row.steps()) {
            steps.add(new Step(step.text(), neutral.apply(step.label()), step.q()));
        }
        Stepwise judged = new Stepwise(row.id(), row.prompt(), steps, row.answerCorrect(), row.source());
        boolean threeValued = format == StepFormat.PRM800K || format == StepFormat.POTATO;
        if (!threeValued && steps.stream().anyMatch(step -> step.label() == StepLabel.NEUTRAL)) {
            throw refused(row, format, "it has a neutral step, and the format knows right and wrong alone: say whether"
                    + " neutral counts as good, bad or unmarked");
        }
        ObjectNode json = switch (format) {
            case TRL -> PlainRows.trl(judged);
            case POTATO -> PlainRows.potato(judged);
            case PRM800K -> Prm800kRows.row(judged);
            case MATH_SHEPHERD -> TaggedRows.row(judged);
            case PROCESSBENCH -> FirstErrorRows.row(judged);
        };
        return json.toString();
    }

    static DatasetException refused(Stepwise row, StepFormat format, String why) {
        return new DatasetException(Code.UNKNOWN_FORMAT,
                "row " + (row.id().index() + 1) + " cannot be written as " + format.id() + ": " + why);
    }
}
