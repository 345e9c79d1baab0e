package preflab.app.shell;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import preflab.app.home.RecentProject;
import preflab.app.user.UserFolders;
import preflab.datasets.store.WholeFile;

/**
 * What the window remembers for its user. Immutable; an unreadable file counts as none, because a preference must never
 * keep the window from opening.
 *
 * @param recent
 *            newest first
 * @param width
 *            of the window in pixels
 */
public record Preferences(Theme theme, List<RecentProject> recent, double width, double height) {

    private static final Logger LOG = LoggerFactory.getLogger(Preferences.class);
    private static final int MOST_RECENT = 12;

    public static final Preferences DEFAULT = new Preferences(Theme.SYSTEM, List.of(), 1280, 820);

    public Preferences {
        recent = List.copyOf(recent);
    }

    /** Where this user's preferences lie. */
    public static Path userFile() {
        return UserFolders.config().resolve("window.properties");
    }

    public static Preferences read(Path file) {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(in);
        } catch (IOException | IllegalArgumentException e) {
            LOG.debug("no preferences in {}", file, e);
            return DEFAULT;
        }
        return new Preferences(Theme.of(properties.getProperty("theme", "")), recent(properties),
                number(properties, "width", DEFAULT.width), number(properties, "height", DEFAULT.height));
    }

    /** Writes aside and renames, so that two windows closing at once leave one of the two files whole. */
    public void write(Path file) {
        Properties properties = new Properties();
        properties.setProperty("theme", theme.name());
        properties.setProperty("width", Double.toString(width));
        properties.setProperty("height", Double.toString(height));
        for (int i = 0; i < recent.size(); i++) {
            properties.setProperty("recent." + i, recent.get(i).folder().toString());
            properties.setProperty("opened." + i, recent.get(i).opened().toString());
        }
        try {
            WholeFile.writeText(file, out -> properties.store(out, "Preflab window"));
        } catch (IOException e) {
            LOG.warn("the preferences could not be written to {}", file, e);
        }
    }

    public Preferences withTheme(Theme newTheme) {
        return new Preferences(newTheme, recent, width, height);
    }

    public Preferences withSize(double newWidth, double newHeight) {
        return new Preferences(theme, recent, newWidth, newHeight);
    }

    /** With this project first. */
    public Preferences withOpened(RecentProject project) {
        List<RecentProject> list = new ArrayList<>(recent);
        list.removeIf(other -> other.folder().equals(project.folder()));
        list.addFirst(project);
        return new Preferences(theme, list.subList(0, Math.min(list.size(), MOST_RECENT)), width, height);
    }

    /** Without this project. */
    public Preferences without(Path folder) {
        return new Preferences(theme, recent.stream().filter(p -> !p.folder().equals(folder)).toList(), width, height);
    }

    private static List<RecentProject> recent(Properties properties) {
        List<RecentProject> list = new ArrayList<>();
        for (int i = 0; i < MOST_RECENT; i++) {
            String folder = properties.getProperty("recent." + i);
            if (folder != null) {
                recentProject(folder, properties.getProperty("opened." + i, "")).ifPresent(list::add);
            }
        }
        return list;
    }

    private static Optional<RecentProject> recentProject(String folder, String opened) {
        try {
            return Optional.of(new RecentProject(Path.of(folder), Instant.parse(opened)));
        } catch (InvalidPathException | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static double number(Properties properties, String key, double otherwise) {
        try {
            double value = Double.parseDouble(properties.getProperty(key, ""));
            return value >= 400 && value <= 20_000 ? value : otherwise;
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
