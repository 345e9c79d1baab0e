package preflab.installer;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged program, started as a user without Java, without a checkout and with an empty home would. */
record PackagedProgram(Path launcher, Path home) {

    private static final long MINUTES = 5;

    /** What one start said. */
    record Result(int exitCode, List<String> out, List<String> err) {
    }

    /** The launcher in the image, by the operating system's layout. */
    static PackagedProgram in(Path image, Path home) {
        List<Path> places = List.of(image.resolve("preflab/bin/preflab"),
                image.resolve("preflab.app/Contents/MacOS/preflab"), image.resolve("preflab/preflab.exe"));
        Path launcher = places.stream().filter(Files::isExecutable).findFirst()
                .orElseThrow(() -> new IllegalStateException("none of " + places + " is there"));
        return new PackagedProgram(launcher, home);
    }

    Result run(String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(home, "out", ".txt");
        Path err = Files.createTempFile(home, "err", ".txt");
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile())
                .redirectInput(new File("/dev/null")).redirectOutput(out.toFile()).redirectError(err.toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("HOME", home.toString());
        environment.put("PATH", "/usr/bin:/bin");
        Process process = builder.start();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException(command + " did not end within " + MINUTES + " minutes");
        }
        return new Result(process.exitValue(), Files.readAllLines(out, StandardCharsets.UTF_8),
                Files.readAllLines(err, StandardCharsets.UTF_8));
    }
}
