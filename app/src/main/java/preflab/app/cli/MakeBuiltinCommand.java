package preflab.app.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import preflab.projects.builtin.BuiltinBuilder;
import preflab.projects.builtin.BuiltinRecipe;

/** Makes the built-in model and data anew, for those who change the recipe. */
@Command(sortOptions = false, name = "make-builtin", hidden = true, description = "Make the built-in model and data anew (a quarter of an hour on two cores).")
final class MakeBuiltinCommand extends BaseCommand {

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where model/ and data/ are written.")
    private Path out;

    @Override
    int run(Output output) {
        double accuracy = new BuiltinBuilder(BuiltinRecipe.SHIPPED, output::text).build(out);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("path", out.toString());
        result.put("accuracy", accuracy);
        output.json(result);
        return Cli.DONE;
    }
}
