package preflab.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ./preflab} in a checkout made of stand-ins: a JDK that prints its arguments, a Maven that builds. */
class PreflabScriptTest {

    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    private @TempDir Path folder;
    private Path checkout;
    private Path jdk;

    private record Result(int code, String out, String err) {
    }

    @BeforeEach
    void makeCheckout() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "the script needs /bin/bash");
        checkout = folder.resolve("check out"); // paths with blanks are met in the wild
        for (String module : List.of("datasets", "engine", "projects", "app")) {
            old(Files.createDirectories(checkout.resolve(module).resolve("src/main")).resolve("Source.java"), "");
            old(checkout.resolve(module).resolve("pom.xml"), "");
        }
        old(checkout.resolve("pom.xml"), "");
        executable(checkout.resolve("preflab"), Files.readString(script(), StandardCharsets.UTF_8));
        jdk = jdk("jdk-25", "25.0.3");
    }

    @Test
    void startsTheMainClassFromAnyFolderAndThroughALink() throws Exception {
        built();
        Path link = Files.createSymbolicLink(folder.resolve("link"), checkout.resolve("preflab"));
        Result result = run(link, jdk, "runs", "--project", "a b");
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out().lines()).contains("--enable-native-access=ALL-UNNAMED", "preflab.app.Main")
                .endsWith("runs", "--project", "a b");
    }

    @Test
    void buildsOnceWhenNothingIsBuiltAndNotAgain() throws Exception {
        Result first = run(checkout.resolve("preflab"), jdk);
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.err()).contains("building").contains("built in");
        assertThat(run(checkout.resolve("preflab"), jdk).err()).isEmpty();
        assertThat(checkout.resolve("app/target/maven-calls")).content().isEqualTo("-B -ntp -q -DskipTests package\n");
    }

    @Test
    void buildsAgainWhenASourceIsNewer() throws Exception {
        built();
        Files.writeString(checkout.resolve("engine/src/main/Source.java"), "changed");
        assertThat(run(checkout.resolve("preflab"), jdk).err()).contains("building");
    }

    @Test
    void buildsAgainWhenALibraryHasGone() throws Exception {
        built();
        Files.writeString(checkout.resolve("app/target/class-path.txt"), folder.resolve("gone.jar").toString());
        assertThat(run(checkout.resolve("preflab"), jdk).err()).contains("building");
    }

    @Test
    void failedBuildShowsTheEndOfItsLogAndExitsOne() throws Exception {
        executable(folder.resolve("bin/mvn"), "#!/bin/bash\necho 'cannot find symbol'\nexit 1\n");
        Result result = run(checkout.resolve("preflab"), jdk);
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("cannot find symbol", "the build failed", "build.log");
    }

    @Test
    void jdkThatIsTooOldIsPassedOver() throws Exception {
        built();
        Path old = jdk("jdk-17", "17.0.15");
        Result result = run(checkout.resolve("preflab"), old);
        // a machine with a JDK 25 in one of the usual folders takes that one, others say what is missing
        assertThat(result.out()).doesNotContain("17.0.15");
        assertThat(result.err()).doesNotContain("building");
    }

    private Result run(Path script, Path javaHome, String... arguments) throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        ProcessBuilder builder = new ProcessBuilder(
                java.util.stream.Stream.concat(java.util.stream.Stream.of(script.toString()),
                        java.util.Arrays.stream(arguments)).toList())
                .directory(folder.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("JAVA_HOME", javaHome.toString());
        environment.put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
        environment.remove("PREFLAB_JAVA_OPTS");
        Process process = builder.start();
        return new Result(process.waitFor(), Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    /** What a build leaves, and a Maven that would leave it again. */
    private void built() throws IOException {
        Path target = Files.createDirectories(checkout.resolve("app/target"));
        Files.writeString(target.resolve("app-0.1.0.jar"), "");
        Files.writeString(target.resolve("class-path.txt"), target.resolve("app-0.1.0.jar").toString());
        Path marker = Files.writeString(target.resolve("built.marker"), "");
        Files.setLastModifiedTime(marker, FileTime.from(LONG_AGO.plusSeconds(60)));
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = folder.resolve(name);
        executable(home.resolve("bin/java"), "#!/bin/bash\necho " + version + "\nprintf '%s\\n' \"$@\"\n");
        executable(home.resolve("bin/javac"), "#!/bin/bash\n");
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        executable(folder.resolve("bin/mvn"), """
                #!/bin/bash
                mkdir -p app/target
                echo "$@" >>app/target/maven-calls
                touch app/target/app-0.1.0.jar
                printf '%s' "$PWD/app/target/app-0.1.0.jar" >app/target/class-path.txt
                """);
        return home;
    }

    private static void executable(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void old(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(LONG_AGO));
        Files.setLastModifiedTime(file.getParent(), FileTime.from(LONG_AGO));
    }

    private static Path script() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isExecutable(at.resolve("preflab")) && Files.isRegularFile(at.resolve("preflab"))) {
                return at.resolve("preflab");
            }
        }
        throw new IllegalStateException("the script preflab is in no folder above " + Path.of("").toAbsolutePath());
    }
}
