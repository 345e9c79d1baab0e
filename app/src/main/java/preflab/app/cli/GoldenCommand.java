package preflab.app.cli;

import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import preflab.engine.objective.golden.GoldenResult;
import preflab.engine.objective.golden.GoldenRunner;

/** Worked examples of losses and gradients, computed here and compared with the numbers in the files. */
@Command(sortOptions = false, name = "golden", description = "Check objectives against worked examples.")
final class GoldenCommand extends BaseCommand {

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "Worked examples; none: those that come with the program.")
    private List<Path> files = List.of();

    @Option(names = "--dtype", defaultValue = "float64", paramLabel = "float64|float32", description = "Type of the numbers (default: ${DEFAULT-VALUE}).")
    private String dtype;

    @Override
    int run(Output output) {
        DataType type = type();
        List<GoldenResult> results = files.isEmpty()
                ? GoldenRunner.runBuiltIn(type)
                : files.stream().flatMap(file -> GoldenRunner.run(file, type).stream()).toList();
        Table table = new Table("file", "case", "objective", "loss", "max error", "", "");
        for (GoldenResult result : results) {
            output.json(json(result));
            table.row(result.file(), result.id(), result.objective(), result.loss(), result.maxError(),
                    result.pass() ? "pass" : "FAIL", result.problem());
        }
        long failed = results.stream().filter(result -> !result.pass()).count();
        output.table(table, "There are no cases in these files.");
        output.text(results.size() - failed + " passed, " + failed + " failed");
        return failed == 0 ? Cli.DONE : Cli.FAILED;
    }

    private DataType type() {
        return switch (dtype.toLowerCase(Locale.ROOT)) {
            case "float64" -> DataType.FLOAT64;
            case "float32" -> DataType.FLOAT32;
            default -> throw CliException.badInput("--dtype must be float64 or float32, not " + dtype);
        };
    }

    private static Map<String, Object> json(GoldenResult result) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("file", result.file());
        object.put("id", result.id());
        object.put("objective", result.objective());
        object.put("loss", result.loss());
        object.put("grad", result.grad());
        object.put("pass", result.pass());
        object.put("max_error", result.maxError());
        if (!result.problem().isEmpty()) {
            object.put("problem", result.problem());
        }
        return object;
    }
}
