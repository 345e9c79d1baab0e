package preflab.app.user;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import preflab.datasets.store.WholeFile;
import preflab.engine.param.Param;
import preflab.engine.param.ParamException;
import preflab.engine.train.Settings;
import preflab.engine.train.TrainSettings;

/**
 * What this user's new runs compute on, unless told otherwise: explicit values come before it, the program's defaults
 * after. The same file serves window and command line.
 */
public final class RunDefaults {

    /** The settings a user can have defaults of. */
    public static final List<Param<?>> PARAMS = List.of(TrainSettings.DEVICE, TrainSettings.THREADS,
            TrainSettings.PRECISION);

    private static final Logger LOG = LoggerFactory.getLogger(RunDefaults.class);
    private static final String FILE = "runs.properties";

    private final Path file;

    private RunDefaults(Path file) {
        this.file = file;
    }

    /** In this folder. */
    public static RunDefaults in(Path folder) {
        return new RunDefaults(folder.resolve(FILE));
    }

    /** This user's. */
    public static RunDefaults ofUser() {
        return in(UserFolders.config());
    }

    /** By dotted names, as text; what cannot be read or is not allowed is left out. */
    public Map<String, String> read() {
        Properties properties = new Properties();
        if (!Files.isRegularFile(file)) {
            return Map.of();
        }
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(in);
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("{} cannot be read: {}", file, e.toString());
        }
        Map<String, String> values = new LinkedHashMap<>();
        PARAMS.stream().filter(param -> isAllowed(param, properties.getProperty(param.id())))
                .forEach(param -> values.put(param.id(), properties.getProperty(param.id()).strip()));
        return values;
    }

    private boolean isAllowed(Param<?> param, String text) {
        try {
            return text != null && param.parse(text) != null;
        } catch (ParamException e) {
            LOG.warn("{}: {}", file, e.getMessage());
            return false;
        }
    }

    /** Writes aside and renames. */
    public void write(Map<String, String> values) throws IOException {
        Properties properties = new Properties();
        PARAMS.stream().filter(param -> values.containsKey(param.id()))
                .forEach(param -> properties.setProperty(param.id(), values.get(param.id())));
        WholeFile.writeText(file, out -> properties.store(out, "What new runs compute on"));
    }

    /** What was given, by dotted or bare names, and these defaults for what was not. */
    public Map<String, String> under(Settings settings, Map<String, String> given) {
        Map<String, String> all = new LinkedHashMap<>(read());
        all.keySet().removeAll(given.keySet());
        PARAMS.stream().map(Param::id).filter(id -> given.containsKey(id.substring(id.lastIndexOf('.') + 1))
                && settings.resolve(id.substring(id.lastIndexOf('.') + 1)).name().equals(id)).forEach(all::remove);
        all.putAll(given);
        return all;
    }
}
