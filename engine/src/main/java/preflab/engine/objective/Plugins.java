package preflab.engine.objective;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the objectives of other people's jars. A broken jar is named in the log and costs nothing but itself. */
final class Plugins {

    /** System property: the folder whose jars are read besides the class path. */
    static final String FOLDER = "preflab.plugins";

    private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);

    private Plugins() {
    }

    /** The built-in objectives, then those of jars whose names are not taken. */
    static List<ObjectiveType<?>> after(List<ObjectiveType<?>> builtIn) {
        return after(builtIn, Optional.ofNullable(System.getProperty(FOLDER)).map(Path::of).stream().toList());
    }

    static List<ObjectiveType<?>> after(List<ObjectiveType<?>> builtIn, List<Path> folders) {
        List<ObjectiveType<?>> all = new ArrayList<>(builtIn);
        Set<String> taken = new HashSet<>();
        builtIn.forEach(type -> taken.addAll(names(type)));
        for (ObjectiveType<?> type : found(loader(folders))) {
            if (names(type).stream().anyMatch(taken::contains)) {
                LOG.warn("objective {} of {} is left out: its names {} are not all free", type.id(),
                        type.getClass(), names(type));
            } else {
                taken.addAll(names(type));
                all.add(SftTerm.offer(type));
            }
        }
        return List.copyOf(all);
    }

    private static List<String> names(ObjectiveType<?> type) {
        return Stream.concat(Stream.of(type.id()), type.aliases().stream()).toList();
    }

    private static List<ObjectiveType<?>> found(ClassLoader loader) {
        List<ObjectiveType<?>> found = new ArrayList<>();
        Iterator<ObjectiveProvider> providers = ServiceLoader.load(ObjectiveProvider.class, loader).iterator();
        while (next(providers, found)) {
            LOG.debug("{} objectives from outside", found.size());
        }
        return found;
    }

    /** Takes one provider; false at the end. Whatever a stranger's code throws, the program goes on without it. */
    private static boolean next(Iterator<ObjectiveProvider> providers, List<ObjectiveType<?>> found) {
        try {
            if (!providers.hasNext()) {
                return false;
            }
            found.addAll(providers.next().objectives());
        } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
            LOG.warn("a provider of objectives cannot be used: {}", e.toString());
        }
        return true;
    }

    private static ClassLoader loader(List<Path> folders) {
        List<URL> jars = new ArrayList<>();
        folders.stream().filter(Files::isDirectory).forEach(folder -> jars.addAll(jars(folder)));
        ClassLoader own = Plugins.class.getClassLoader();
        return jars.isEmpty() ? own : new URLClassLoader("plugins", jars.toArray(URL[]::new), own);
    }

    private static List<URL> jars(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<URL> urls = new ArrayList<>();
            for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).sorted().toList()) {
                urls.add(url(jar));
            }
            return urls;
        } catch (IOException e) {
            LOG.warn("the folder of plugins {} cannot be read: {}", folder, e.toString());
            return List.of();
        }
    }

    private static URL url(Path jar) throws MalformedURLException {
        return jar.toUri().toURL();
    }
}
