package preflab.engine.train;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which code trains: the version of the release, the commit of the checkout it was started from, and a hash of the
 * engine's classes, which also tells two builds apart that nobody committed.
 */
final class CodeVersion {

    private static final Logger LOG = LoggerFactory.getLogger(CodeVersion.class);

    private CodeVersion() {
    }

    /** {@code code_version}, and where they can be told {@code code_commit} and {@code code_sha256}. */
    static Map<String, String> facts() {
        Map<String, String> facts = new TreeMap<>();
        String release = CodeVersion.class.getPackage().getImplementationVersion();
        facts.put("code_version", release == null ? "development" : release);
        CodeSource source = CodeVersion.class.getProtectionDomain().getCodeSource();
        if (source != null) {
            try {
                Path place = Path.of(source.getLocation().toURI());
                facts.put("code_sha256", sha256(place));
                commit(place).ifPresent(commit -> facts.put("code_commit", commit));
            } catch (IOException | URISyntaxException e) {
                LOG.warn("which code this is cannot be told from {}", source.getLocation(), e);
            }
        }
        return facts;
    }

    /** Of the names and contents of all classes, by name: the same for a folder and for the jar that is made of it. */
    static String sha256(Path classes) throws IOException {
        if (Files.isDirectory(classes)) {
            return hashed(classes);
        }
        try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + classes.toUri()), Map.of())) {
            return hashed(jar.getPath("/"));
        }
    }

    private static String hashed(Path root) throws IOException {
        Map<String, Path> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            all.filter(file -> file.toString().endsWith(".class"))
                    .forEach(file -> files.put(root.relativize(file).toString().replace('\\', '/'), file));
        }
        MessageDigest digest = digest();
        for (Map.Entry<String, Path> file : files.entrySet()) {
            digest.update(file.getKey().getBytes(StandardCharsets.UTF_8));
            digest.update(Files.readAllBytes(file.getValue()));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The commit that the checkout around this place is at; empty where there is none. */
    static Optional<String> commit(Path place) throws IOException {
        for (Path folder = place; folder != null; folder = folder.getParent()) {
            Path git = folder.resolve(".git");
            if (Files.isRegularFile(git.resolve("HEAD"))) {
                return commitOf(git, Files.readString(git.resolve("HEAD")).strip());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> commitOf(Path git, String head) throws IOException {
        if (!head.startsWith("ref: ")) {
            return Optional.of(head);
        }
        String reference = head.substring("ref: ".length());
        if (Files.isRegularFile(git.resolve(reference))) {
            return Optional.of(Files.readString(git.resolve(reference)).strip());
        }
        Path packed = git.resolve("packed-refs");
        List<String> lines = Files.isRegularFile(packed) ? Files.readAllLines(packed) : List.of();
        return lines.stream().filter(line -> line.endsWith(" " + reference))
                .map(line -> line.substring(0, line.indexOf(' '))).findFirst();
    }
}
