package preflab.app.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import preflab.engine.bench.Bench;

/** Speed and memory of training on this machine. */
@Command(sortOptions = false, name = "bench", description = "Measure speed and memory against raw matrix products.")
final class BenchCommand extends BaseCommand {

    @Option(names = "--only", paramLabel = "NAME", description = "Measure one alone: its peak memory is then that of the process. Large ones are measured only so.")
    private Optional<String> only = Optional.empty();

    private String one(String name) {
        if (!Bench.names().contains(name)) {
            throw CliException.badInput("there is no measurement \"" + name + "\"; known: "
                    + String.join(", ", Bench.names()));
        }
        return name;
    }

    @Override
    int run(Output output) {
        Bench.Report report = only.map(this::one).map(name -> Bench.only(name, output::progress))
                .orElseGet(() -> Bench.run(output::progress));
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("raw_matmul_gflops", report.rawMatmulGflops());
        object.put("threads", report.threads());
        object.put("results", report.results().stream().map(BenchCommand::json).toList());
        object.put("selection", report.selection().stream().map(BenchCommand::json).toList());
        output.json(object);
        output.text("raw float32 matrix products: " + Numbers.real(report.rawMatmulGflops()) + " GFLOP/s on "
                + report.threads() + " threads");
        Table table = new Table("what", "tokens/s", "of matmul", "ms/step", "peak memory");
        report.results().forEach(result -> table.row(result.name(), result.tokensPerSecond(),
                Numbers.percent(result.fractionOfMatmul()), result.msPerStep(),
                Numbers.real(result.peakRssMb()) + " MiB"));
        output.table(table, "Nothing was measured.");
        report.selection().forEach(cost -> output.text(cost.name() + ": " + Numbers.real(cost.ratio())
                + " times its counted forward units, " + Numbers.real(cost.overDpo()) + " times a DPO step"));
        return Cli.DONE;
    }

    private static Map<String, Object> json(Bench.SelectionCost cost) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", cost.name());
        object.put("ms_per_step", cost.msPerStep());
        object.put("ms_counted", cost.msCounted());
        object.put("ratio", cost.ratio());
        object.put("over_dpo", cost.overDpo());
        return object;
    }

    private static Map<String, Object> json(Bench.Result result) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", result.name());
        object.put("tokens_per_s", result.tokensPerSecond());
        object.put("fraction_of_matmul", result.fractionOfMatmul());
        object.put("peak_rss_mb", result.peakRssMb());
        object.put("ms_per_step", result.msPerStep());
        return object;
    }
}
