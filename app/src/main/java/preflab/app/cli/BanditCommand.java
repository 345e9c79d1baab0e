package preflab.app.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import preflab.engine.bandit.BanditResult;
import preflab.engine.bandit.BanditRunner;

/** Small experiments on written-out policies, run here and compared with exact results. */
@Command(sortOptions = false, name = "bandit", description = "Check objectives against exact results on small tables.")
final class BanditCommand extends BaseCommand {

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "Exact results; none: those that come with the program.")
    private List<Path> files = List.of();

    @Override
    int run(Output output) {
        Map<String, List<BanditResult>> byFile = new LinkedHashMap<>();
        if (files.isEmpty()) {
            byFile.put(BanditRunner.BUILT_IN, BanditRunner.runBuiltIn());
        }
        files.forEach(file -> byFile.put(file.toString(), BanditRunner.run(file)));
        Table table = new Table("experiment", "case", "max error", "", "");
        byFile.forEach((file, results) -> results.forEach(result -> {
            output.json(json(file, result));
            table.row(result.experiment(), result.id(), result.maxError(), result.pass() ? "pass" : "FAIL",
                    result.detail());
        }));
        List<BanditResult> all = byFile.values().stream().flatMap(List::stream).toList();
        long failed = all.stream().filter(result -> !result.pass()).count();
        output.table(table, "There are no experiments in these files.");
        output.text(all.size() - failed + " passed, " + failed + " failed");
        return failed == 0 ? Cli.DONE : Cli.FAILED;
    }

    private static Map<String, Object> json(String file, BanditResult result) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("file", file);
        object.put("id", result.id());
        object.put("experiment", result.experiment());
        object.put("pass", result.pass());
        object.put("max_error", result.maxError());
        if (!result.detail().isEmpty()) {
            object.put("problem", result.detail());
        }
        return object;
    }
}
