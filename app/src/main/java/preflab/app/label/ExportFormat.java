package preflab.app.label;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import preflab.datasets.label.LabelTask;
import preflab.datasets.label.export.StepFormat;

/** Files that labels can leave the window as. */
enum ExportFormat {
    JSON_LINES("JSON Lines, everything kept",
            "prompt, completions, labels in words, q, and all side columns; importing it again gives the same rows",
            Optional.empty()), TRL("TRL stepwise", "prompt, completions, labels true / false; null is unmarked",
                    Optional.of(StepFormat.TRL)), PRM800K("PRM800K",
                            "ratings 1, 0, −1 in label.steps; rows from such a file keep all their candidates",
                            Optional.of(StepFormat.PRM800K)), POTATO("Potato",
                                    "label_annotations.process_reward.steps beside texts and labels",
                                    Optional.of(StepFormat.POTATO)), MATH_SHEPHERD("Math-Shepherd",
                                            "a tag after every step, + or − in its place", Optional.of(
                                                    StepFormat.MATH_SHEPHERD)), PROCESSBENCH("ProcessBench",
                                                            "steps and the index of the first wrong one, or −1",
                                                            Optional.of(
                                                                    StepFormat.PROCESSBENCH));

    private final String title;
    private final String holds;
    private final Optional<StepFormat> steps;

    ExportFormat(String title, String holds, Optional<StepFormat> steps) {
        this.title = title;
        this.holds = holds;
        this.steps = steps;
    }

    String title() {
        return title;
    }

    /** Its columns, for people. */
    String holds() {
        return holds;
    }

    /** The format of labelled steps; empty for the one that holds rows of every kind. */
    Optional<StepFormat> steps() {
        return steps;
    }

    /** Formats that rows of a task fit. */
    static List<ExportFormat> of(LabelTask task) {
        return task == LabelTask.STEPS ? Arrays.asList(values()) : List.of(JSON_LINES);
    }

    /** "sums-v2.prm800k.jsonl". */
    String fileName(String version) {
        return version + steps.map(format -> "." + format.id()).orElse("") + ".jsonl";
    }
}
