package preflab.app.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The command line as a function from arguments to an exit code and two streams. */
public final class Cli {

    /** Done. */
    public static final int DONE = 0;
    /** The work failed. */
    public static final int FAILED = 1;
    /** Bad usage or bad input. */
    public static final int BAD_INPUT = 2;

    private Cli() {
    }

    /** Runs one command on the process's own streams, in UTF-8. */
    public static int runOnStandardStreams(String[] args) {
        return run(args, writer(FileDescriptor.out), writer(FileDescriptor.err));
    }

    /** Runs one command; nothing is written anywhere but to the given writers and the log. */
    public static int run(String[] args, PrintWriter out, PrintWriter err) {
        CommandLine line = new CommandLine(new PreflabCommand());
        line.setOut(out).setErr(err);
        line.setCaseInsensitiveEnumValuesAllowed(true).setUsageHelpWidth(100);
        line.setParameterExceptionHandler(Cli::onBadUsage);
        line.setExecutionExceptionHandler((e, command, parsed) -> Failures.report(e, command.getErr()));
        int code = line.execute(args);
        out.flush();
        err.flush();
        return code;
    }

    private static int onBadUsage(ParameterException e, String[] args) {
        PrintWriter err = e.getCommandLine().getErr();
        String name = e.getCommandLine().getCommandSpec().qualifiedName();
        err.println("preflab: " + oneLine(e.getMessage()).replaceFirst("^Error: ", "") + " (try: " + name + " --help)");
        return BAD_INPUT;
    }

    static String oneLine(String message) {
        return message.strip().replaceAll("\\s*\\R\\s*", "; ");
    }

    private static PrintWriter writer(FileDescriptor stream) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(stream), StandardCharsets.UTF_8), false);
    }
}
