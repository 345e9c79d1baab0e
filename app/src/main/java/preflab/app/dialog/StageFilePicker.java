package preflab.app.dialog;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Window;

/** The system's own choosers; they remember the last folder. */
public final class StageFilePicker implements FilePicker {

    private final Supplier<Window> owner;
    private Optional<File> lastFolder = Optional.empty();

    public StageFilePicker(Supplier<Window> owner) {
        this.owner = owner;
    }

    @Override
    public Optional<Path> open(String title, Filter... filters) {
        FileChooser chooser = chooser(title);
        for (Filter filter : filters) {
            chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter(filter.name(), filter.patterns()));
        }
        return remember(chooser.showOpenDialog(owner.get()));
    }

    @Override
    public Optional<Path> save(String title, String suggestedName, Filter filter) {
        FileChooser chooser = chooser(title);
        chooser.setInitialFileName(suggestedName);
        chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter(filter.name(), filter.patterns()));
        return remember(chooser.showSaveDialog(owner.get()));
    }

    @Override
    public Optional<Path> folder(String title) {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle(title);
        usableFolder().ifPresent(chooser::setInitialDirectory);
        return remember(chooser.showDialog(owner.get()));
    }

    @Override
    public Optional<Path> newFolder(String title, String suggestedName) {
        FileChooser chooser = chooser(title);
        chooser.setInitialFileName(suggestedName);
        return remember(chooser.showSaveDialog(owner.get()));
    }

    private FileChooser chooser(String title) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(title);
        usableFolder().ifPresent(chooser::setInitialDirectory);
        return chooser;
    }

    /** A chooser that is given a folder that is gone refuses to open. */
    private Optional<File> usableFolder() {
        return lastFolder.filter(folder -> Files.isDirectory(folder.toPath()));
    }

    private Optional<Path> remember(File chosen) {
        if (chosen == null) {
            return Optional.empty();
        }
        lastFolder = Optional.ofNullable(chosen.getParentFile());
        return Optional.of(chosen.toPath());
    }
}
