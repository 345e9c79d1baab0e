package preflab.app.user;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Where this user's logs and caches live, by the customs of the operating system. */
public final class UserFolders {

    /** Read by the engine's catalogue; shared with children like every property of ours. */
    private static final String PLUGINS = "preflab.plugins";
    private static final String CONFIG = "preflab.config";
    private static final String MAPPINGS = "preflab.mappings";

    private UserFolders() {
    }

    /** Log files: {@code ~/.local/state/preflab}, {@code ~/Library/Logs/Preflab} or below {@code %LOCALAPPDATA%}. */
    public static Path logs() {
        return usable(switch (Platform.of()) {
            case MAC -> home().resolve("Library/Logs/Preflab");
            case WINDOWS -> localAppData().resolve("logs");
            case OTHER -> environment("XDG_STATE_HOME").orElse(home().resolve(".local/state")).resolve("preflab");
        }, "logs");
    }

    /** What can be made again: {@code ~/.cache/preflab}, {@code ~/Library/Caches/Preflab} or below local data. */
    public static Path cache() {
        return usable(switch (Platform.of()) {
            case MAC -> home().resolve("Library/Caches/Preflab");
            case WINDOWS -> localAppData().resolve("cache");
            case OTHER -> environment("XDG_CACHE_HOME").orElse(home().resolve(".cache")).resolve("preflab");
        }, "cache");
    }

    /**
     * Settings: {@code ~/.config/preflab}, {@code ~/Library/Application Support/Preflab} and the like, or the property
     * {@code preflab.config}; need not exist.
     */
    public static Path config() {
        String given = System.getProperty(CONFIG);
        if (given != null) {
            return Path.of(given);
        }
        return switch (Platform.of()) {
            case MAC -> home().resolve("Library/Application Support/Preflab");
            case WINDOWS -> environment("APPDATA").orElse(home()).resolve("Preflab");
            case OTHER -> environment("XDG_CONFIG_HOME").orElse(home().resolve(".config")).resolve("preflab");
        };
    }

    /** Jars with objectives: {@code ~/.local/share/preflab/plugins} and the like; need not exist. */
    public static Path plugins() {
        return data().resolve("plugins");
    }

    /**
     * Presets of column mappings: {@code ~/.local/share/preflab/mappings} and the like, or the property
     * {@code preflab.mappings}; need not exist.
     */
    public static Path mappings() {
        String given = System.getProperty(MAPPINGS);
        return given == null ? data().resolve("mappings") : Path.of(given);
    }

    private static Path data() {
        return switch (Platform.of()) {
            case MAC -> home().resolve("Library/Application Support/Preflab");
            case WINDOWS -> localAppData();
            case OTHER -> environment("XDG_DATA_HOME").orElse(home().resolve(".local/share")).resolve("preflab");
        };
    }

    /** Makes {@link #plugins()} the folder of plugins of this process and its children, unless one was given. */
    public static void setPlugins() {
        if (System.getProperty(PLUGINS) == null) {
            System.setProperty(PLUGINS, plugins().toString());
        }
    }

    private enum Platform {
        MAC, WINDOWS, OTHER;

        static Platform of() {
            String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
            return name.contains("mac") ? MAC : name.contains("windows") ? WINDOWS : OTHER;
        }
    }

    private static Path localAppData() {
        return environment("LOCALAPPDATA").orElse(home()).resolve("Preflab");
    }

    private static Path home() {
        return environment("HOME").orElseGet(() -> Path.of(System.getProperty("user.home")));
    }

    private static Optional<Path> environment(String variable) {
        return Optional.ofNullable(System.getenv(variable)).filter(value -> !value.isBlank()).map(Path::of);
    }

    /** A home that cannot be written (a container, a locked-down account) must not stop the program. */
    private static Path usable(Path folder, String purpose) {
        try {
            Files.createDirectories(folder);
            if (Files.isWritable(folder)) {
                return folder;
            }
        } catch (IOException e) {
            // falls through to the temporary folder; there is no log yet to write this to
        }
        return Path.of(System.getProperty("java.io.tmpdir"))
                .resolve("preflab-" + System.getProperty("user.name")).resolve(purpose);
    }
}
