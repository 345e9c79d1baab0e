package preflab.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.app.home.RecentProject;

class PreferencesTest {

    @TempDir
    private Path folder;

    private RecentProject project(String name) {
        return new RecentProject(folder.resolve(name + ".preflab"), Instant.parse("2026-01-02T03:04:05Z"));
    }

    @Test
    void whatIsWrittenIsRead() {
        Path file = folder.resolve("new/folder/window.properties");
        Preferences preferences = Preferences.DEFAULT.withTheme(Theme.DARK).withOpened(project("größe"))
                .withSize(1500, 900);
        preferences.write(file);
        assertThat(Preferences.read(file)).isEqualTo(preferences);
    }

    @Test
    void nonsenseCountsAsNoPreferences() throws Exception {
        Path file = Files.writeString(folder.resolve("window.properties"),
                "theme=PINK\nwidth=-3\nheight=x\nrecent.0=/a\nopened.0=yesterday\n\\u00zz");
        assertThat(Preferences.read(file)).isEqualTo(Preferences.DEFAULT);
        assertThat(Preferences.read(folder.resolve("missing"))).isEqualTo(Preferences.DEFAULT);
    }

    @Test
    void aProjectOpenedAgainMovesToTheFrontAndTheListEndsAtTwelve() {
        Preferences preferences = Preferences.DEFAULT;
        for (int i = 0; i < 20; i++) {
            preferences = preferences.withOpened(project("p" + i));
        }
        preferences = preferences.withOpened(project("p15"));
        assertThat(preferences.recent()).hasSize(12).first().isEqualTo(project("p15"));
        assertThat(preferences.recent().stream().filter(project("p15")::equals)).hasSize(1);
    }
}
