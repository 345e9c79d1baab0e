package preflab.app.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import preflab.datasets.example.Kind;
import preflab.engine.objective.Citation;
import preflab.engine.objective.Needs;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.objective.Objectives;
import preflab.engine.param.Param;

/** Lists the catalogue, or explains one objective; from the descriptors, without loading the engine. */
@Command(sortOptions = false, name = "objectives", description = "List the objectives, or explain one.")
final class ObjectivesCommand extends BaseCommand {

    @Parameters(arity = "0..1", paramLabel = "ID", description = "Explain this one.")
    private Optional<String> id = Optional.empty();

    @Override
    int run(Output output) {
        List<ObjectiveType<?>> types = id.<List<ObjectiveType<?>>>map(wanted -> List.of(SpecCheck.objective(wanted)))
                .orElse(Objectives.ALL);
        types.forEach(type -> output.json(json(type)));
        if (id.isPresent()) {
            explain(types.getFirst(), output);
        } else {
            Table table = new Table("objective", "name", "data", "reference", "hyper-parameters");
            types.forEach(type -> table.row(type.id(), type.name(), kinds(type.defaultNeeds()),
                    type.defaultNeeds().frozenModel() ? "yes" : "no", params(type)));
            output.table(table, "The catalogue is empty.");
        }
        return Cli.DONE;
    }

    private static void explain(ObjectiveType<?> type, Output output) {
        output.text(type.name() + " (" + type.id() + ")" + (type.aliases().isEmpty()
                ? ""
                : ", also " + String.join(", ", type.aliases())));
        output.text(type.summary());
        output.text("loss        " + type.formula().plain());
        output.text("data        " + kinds(type.defaultNeeds()));
        output.text("needs       " + String.join(", ", needs(type.defaultNeeds())));
        output.text("reward      " + type.reward());
        if (!type.when().isEmpty()) {
            output.text("when        " + type.when());
            output.text("not when    " + type.whenNot());
        }
        output.text("paper       " + paper(type.citation()));
        if (!type.departures().isEmpty()) {
            output.text("departures  " + type.departures());
        }
        Table table = new Table("setting", "symbol", "default", "range", "what it does");
        type.params().forEach(param -> table.row("objective." + param.id(), param.symbol(), defaultText(param),
                param.range(), param.help()));
        table.lines().stream().skip(table.isEmpty() ? 1 : 0).forEach(output::text);
    }

    private static String paper(Citation paper) {
        return (paper.authors().isEmpty() ? "" : paper.authors() + ": ") + paper.title() + ". " + paper.venue() + " "
                + paper.year() + (paper.equation().isEmpty() ? "" : ", " + paper.equation()) + ". " + paper.url();
    }

    private static Map<String, Object> json(ObjectiveType<?> type) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("objective", type.id());
        row.put("name", type.name());
        row.put("kind", type.defaultNeeds().kinds().stream().map(Kind::id).sorted().toList());
        row.put("needs", needs(type.defaultNeeds()));
        row.put("params", type.params().stream().map(ObjectivesCommand::json).toList());
        return row;
    }

    private static Map<String, Object> json(Param<?> param) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", param.id());
        row.put("symbol", param.symbol());
        row.put("default", param.defaultValue());
        row.put("range", param.range());
        return row;
    }

    private static List<String> needs(Needs needs) {
        List<String> words = new ArrayList<>();
        words.add("policy");
        if (needs.reference()) {
            words.add("reference");
        }
        if (needs.valueHead()) {
            words.add("value_head");
        }
        if (needs.vocabularyKl() != Needs.KlDirection.NONE) {
            words.add("vocabulary_kl_" + needs.vocabularyKl().name().toLowerCase(Locale.ROOT));
        }
        if (needs.mismatched()) {
            words.add("mismatched_prompts");
        }
        if (needs.referenceSamples()) {
            words.add("reference_samples");
        }
        if (needs.retain()) {
            words.add("retain_rows");
        }
        if (needs.previous()) {
            words.add("previous_policy");
        }
        if (needs.bestApart()) {
            words.add("best_apart");
        }
        if (needs.coupling() == Needs.Coupling.BATCH) {
            words.add("whole_batch");
        }
        needs.pairNumber().ifPresent(number -> words.add("pair_" + number.id()));
        return words;
    }

    private static String kinds(Needs needs) {
        return String.join(", ", needs.kinds().stream().map(Kind::id).sorted().toList());
    }

    private static String params(ObjectiveType<?> type) {
        return String.join(" ", type.params().stream().map(param -> param.id() + "=" + defaultText(param)).toList());
    }

    private static <T> String defaultText(Param<T> param) {
        return param.format(param.defaultValue());
    }
}
