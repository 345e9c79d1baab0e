package preflab.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The list of commands, in the order of the help. */
@Command(name = "preflab", mixinStandardHelpOptions = true, versionProvider = Version.class, description = "Preference optimisation of language models: import, train, compare. Without arguments: the window.", synopsisSubcommandLabel = "COMMAND", subcommands = {
        DemoCommand.class, DoctorCommand.class, GoldenCommand.class, BanditCommand.class, ImportCommand.class,
        DatasetsCommand.class, ConvertCommand.class, CheckCommand.class, LabelCommand.class,
        ObjectivesCommand.class,
        ModelsCommand.class,
        TrainCommand.class, ResumeCommand.class, ProveCommand.class, RunsCommand.class, CompareCommand.class,
        DiagnoseCommand.class, EvaluateCommand.class, ExportCommand.class,
        ScoreCommand.class, LogProbsCommand.class, GenerateCommand.class, MergeCommand.class,
        BenchCommand.class, RunWorkerCommand.class, MakeBuiltinCommand.class, HelpCommand.class})
final class PreflabCommand {
}
