package preflab.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all commands share: the {@code --json} switch and the way to speak. */
abstract class BaseCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", order = 99, description = "Print JSON, one object a line, and nothing else on standard output.")
    private boolean json;

    @SuppressWarnings("UnusedVariable") // picocli reads it
    @Option(names = {"-h", "--help"}, usageHelp = true, order = 100, description = "Show this help.")
    private boolean help;

    @Override
    public final Integer call() throws Exception {
        return run(new Output(spec.commandLine().getOut(), spec.commandLine().getErr(), json));
    }

    /** Does the work; returns the exit code. */
    abstract int run(Output output) throws Exception;
}
