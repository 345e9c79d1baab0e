package preflab.app.shell;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.dialog.ErrorReport;
import preflab.app.user.UserFolders;
import preflab.app.widget.Nodes;
import preflab.app.widget.Words;
import preflab.projects.workspace.CacheFolder;

/** What is kept to save time and can be deleted: how large it is, where, and a button that empties it. */
final class CachesCard extends StackPane {

    private final Services services;
    private final VBox rows = new VBox(12);

    CachesCard(Services services) {
        this.services = services;
        getChildren().add(Nodes.card("Caches", rows));
        show(Optional.empty());
    }

    /** Shows the user's cache and that of the open project. */
    void show(Optional<Path> project) {
        rows.getChildren().clear();
        project.ifPresent(folder -> add("Project", "Log-probabilities and samples of references, for later runs",
                new CacheFolder(folder)));
        add("User", "Unpacked built-in models", new CacheFolder(UserFolders.cache()));
    }

    private void add(String name, String what, CacheFolder cache) {
        Label size = Nodes.label("…", "strong");
        Button clear = Nodes.button("Empty", Feather.TRASH_2, () -> clear(cache, size));
        clear.setId("caches-empty-" + name.toLowerCase(Locale.ROOT));
        clear.setAccessibleText("Empty the cache: " + name);
        Label title = Nodes.label(name);
        title.setMinWidth(128);
        Label folder = Nodes.ellipsized("muted", "small");
        folder.setText(cache.folder().toString());
        VBox words = new VBox(2, size, Nodes.label(what, "muted", "small"), folder);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        rows.getChildren().add(Nodes.row(10, title, words, clear));
        measure(cache, size);
    }

    private void measure(CacheFolder cache, Label size) {
        services.work().start(cache::bytes, bytes -> size.setText(Words.bytes(bytes)),
                failure -> size.setText("cannot be read"));
    }

    private void clear(CacheFolder cache, Label size) {
        services.work().start(() -> {
            cache.clear();
            return cache.bytes();
        }, bytes -> size.setText(Words.bytes(bytes)), failure -> {
            measure(cache, size);
            services.errors().show(ErrorReport.of("Emptying " + cache.folder(), failure));
        });
    }
}
