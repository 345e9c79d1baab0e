package preflab.projects.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.projects.store.ProjectException;
import preflab.projects.store.RunStore;
import preflab.projects.store.RunSummary;
import preflab.projects.store.Specs;

class WorkspaceTest {

    @TempDir
    Path folder;

    private static void execute(Path database, String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void aProjectIsFoundAgainAfterItMoved() throws Exception {
        Path here = folder.resolve("My work.preflab");
        try (Workspace workspace = Workspace.create(here)) {
            assertThat(workspace.name()).isEqualTo("My work");
            workspace.runs().create(Specs.sft("kept"));
        }
        Path there = folder.resolve("deeper/Ünï & co.preflab");
        Files.createDirectories(there.getParent());
        Files.move(here, there);

        try (Workspace workspace = Workspace.openOrCreate(there)) {
            assertThat(workspace.runs().list()).extracting(RunSummary::name).containsExactly("kept");
            assertThat(workspace.folder()).isEqualTo(there);
        }
    }

    @Test
    void onlyProjectsOpenAndOnlyEmptyFoldersBecomeProjects() throws Exception {
        Files.writeString(folder.resolve("file"), "x");

        assertThatThrownBy(() -> Workspace.open(folder)).isInstanceOf(ProjectException.class)
                .hasMessageContaining("is not a project").hasMessageContaining("NAME.preflab");
        assertThatThrownBy(() -> Workspace.create(folder)).hasMessageContaining("is not empty");
        assertThatThrownBy(() -> Workspace.create(folder.resolve("file"))).hasMessageContaining("is not empty");
        Workspace.create(folder.resolve("new.preflab")).close();
        assertThatThrownBy(() -> Workspace.create(folder.resolve("new.preflab")))
                .hasMessageContaining("is a project already");
    }

    @Test
    void aNewerProjectIsRefusedAndLeftAlone() throws Exception {
        Path project = folder.resolve("new.preflab");
        Workspace.create(project).close();
        execute(project.resolve(RunStore.FILE), "PRAGMA user_version = 99");

        assertThatThrownBy(() -> Workspace.open(project)).isInstanceOfSatisfying(ProjectException.class,
                e -> assertThat(e.code()).isEqualTo(ProjectException.Code.NEWER_PROJECT));
    }

    @Test
    void anotherProgramsDatabaseIsNotAProject() throws Exception {
        execute(folder.resolve(RunStore.FILE), "CREATE TABLE t (x)");
        execute(folder.resolve(RunStore.FILE), "PRAGMA user_version = 1");
        Path text = Files.createDirectory(folder.resolve("text"));
        Files.writeString(text.resolve(RunStore.FILE), "this is no database, though it is long enough to be one");

        assertThatThrownBy(() -> Workspace.open(folder)).hasMessageContaining("another program");
        assertThatThrownBy(() -> Workspace.open(text)).isInstanceOf(ProjectException.class)
                .hasMessageContaining("cannot be opened");
    }

    @Test
    void networkFileSystemsAreRecognised() {
        assertThat(NetworkFolders.typeOf("nfs4")).contains("nfs4");
        assertThat(NetworkFolders.typeOf("CIFS")).contains("cifs");
        assertThat(NetworkFolders.typeOf("ext4")).isEmpty();
        assertThat(NetworkFolders.typeOf(Path.of("\\\\server\\share"))).isPresent();
        assertThat(NetworkFolders.typeOf(folder)).isEmpty();
    }
}
