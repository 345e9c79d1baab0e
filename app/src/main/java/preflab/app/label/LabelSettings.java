package preflab.app.label;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import preflab.datasets.store.WholeFile;

/**
 * What this screen remembers for its user: the name, the keys, and where one was in each project. Immutable; an
 * unreadable file counts as none.
 */
public final class LabelSettings {

    private static final Logger LOG = LoggerFactory.getLogger(LabelSettings.class);
    private static final String KEY = "key.";
    private static final String PLACE = "place.";

    private final Properties properties;

    private LabelSettings(Properties properties) {
        this.properties = properties;
    }

    static LabelSettings read(Path file) {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(in);
        } catch (IOException | IllegalArgumentException e) {
            LOG.debug("no settings in {}", file, e);
        }
        return new LabelSettings(properties);
    }

    /** Writes aside and renames: the file is always whole. */
    void write(Path file) {
        try {
            WholeFile.writeText(file, out -> properties.store(out, "Preflab, the Label screen"));
        } catch (IOException e) {
            LOG.warn("the settings of the Label screen could not be written to {}", file, e);
        }
    }

    /** Who labels; the system's name for this user where nobody said. */
    String annotator() {
        String name = properties.getProperty("annotator", "");
        String user = System.getProperty("user.name", "");
        return !name.isBlank() ? name : user.isBlank() ? "annotator" : user;
    }

    LabelKeys keys() {
        Properties keys = new Properties();
        properties.stringPropertyNames().stream().filter(name -> name.startsWith(KEY))
                .forEach(name -> keys.setProperty(name.substring(KEY.length()), properties.getProperty(name)));
        return LabelKeys.of(keys);
    }

    boolean firstError() {
        return Boolean.parseBoolean(properties.getProperty("first-error", "false"));
    }

    /** "DATASET@VERSION TASK" of the last sitting in a project. */
    Optional<String> place(Path project) {
        return Optional.ofNullable(properties.getProperty(PLACE + project));
    }

    LabelSettings withAnnotator(String name) {
        return with("annotator", name);
    }

    LabelSettings withFirstError(boolean on) {
        return with("first-error", String.valueOf(on));
    }

    LabelSettings withPlace(Path project, String place) {
        return with(PLACE + project, place);
    }

    LabelSettings withKeys(LabelKeys keys) {
        Properties changed = copy();
        changed.stringPropertyNames().stream().filter(name -> name.startsWith(KEY)).forEach(changed::remove);
        Properties others = keys.changed();
        others.stringPropertyNames().forEach(name -> changed.setProperty(KEY + name, others.getProperty(name)));
        return new LabelSettings(changed);
    }

    private LabelSettings with(String name, String value) {
        Properties changed = copy();
        changed.setProperty(name, value);
        return new LabelSettings(changed);
    }

    private Properties copy() {
        Properties copy = new Properties();
        copy.putAll(properties);
        return copy;
    }
}
