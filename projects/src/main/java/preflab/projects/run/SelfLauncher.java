package preflab.projects.run;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import preflab.projects.store.ProjectException;

/**
 * Starts this very program again, headless, in a session of its own, from a checkout's class path as well as from a
 * packaged application.
 *
 * @param mainClass
 *            the class with the main method, used where the program is not packaged
 */
public record SelfLauncher(String mainClass) {

    /** The program's main class, where it is not packaged. */
    public static final String MAIN_CLASS = "preflab.app.Main";

    /** Set by jpackage's launcher: the executable that was started. */
    private static final String PACKAGED = "jpackage.app-path";

    /** What a child computes with lies outside of Java's heap; parallel collectors would keep 100 MB for nothing. */
    private static final List<String> SMALL_HEAP = List.of("-XX:+UseSerialGC", "-Xms64m");

    /** Settings of the program that a child must share. */
    private static final List<String> SHARED_PREFIXES = List.of("preflab.", "ai.djl.", "DJL_", "PYTORCH_",
            "org.sqlite.", "user.language", "user.country");

    /** Starts this program. */
    public static SelfLauncher thisProgram() {
        return new SelfLauncher(MAIN_CLASS);
    }

    /** The command line that would be started. */
    public List<String> commandLine(List<String> arguments) {
        List<String> command = new ArrayList<>();
        setsid().ifPresent(command::add); // the child survives a closed terminal: no hang-up signal, no Ctrl-C
        String packaged = System.getProperty(PACKAGED);
        if (packaged == null) {
            command.addAll(javaCommand());
        } else {
            command.add(packaged);
        }
        command.addAll(arguments);
        return List.copyOf(command);
    }

    private List<String> javaCommand() {
        List<String> command = new ArrayList<>(List.of(java(), "--enable-native-access=ALL-UNNAMED"));
        command.addAll(SMALL_HEAP);
        System.getProperties().stringPropertyNames().stream().sorted()
                .filter(name -> SHARED_PREFIXES.stream().anyMatch(name::startsWith))
                .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        return command;
    }

    private static String java() {
        Path bin = Path.of(System.getProperty("java.home"), "bin");
        Path windows = bin.resolve("java.exe");
        return (Files.exists(windows) ? windows : bin.resolve("java")).toString();
    }

    private static Optional<String> setsid() {
        return List.of("/usr/bin/setsid", "/bin/setsid").stream().filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst();
    }

    /**
     * Starts the program with these arguments. Its output goes to the log, never through a pipe that would die with
     * this process; its input is empty.
     *
     * @param environment
     *            added to this process's own
     */
    public Process start(List<String> arguments, Path log, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(commandLine(arguments))
                .redirectInput(ProcessBuilder.Redirect.from(nothing()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).redirectErrorStream(true);
        // jpackage's launcher talks to itself through such a variable; inherited, it makes the child's launcher fail
        builder.environment().keySet().removeIf(name -> name.startsWith("_JPACKAGE"));
        builder.environment().putAll(environment);
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            return builder.start();
        } catch (IOException e) {
            throw new ProjectException(ProjectException.Code.SYSTEM,
                    "cannot start " + String.join(" ", builder.command()) + ": " + e.getMessage(), e);
        }
    }

    private static File nothing() {
        return new File(File.separatorChar == '\\' ? "NUL" : "/dev/null");
    }
}
