package app.mailroom.ui.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceFolderTest {
    @TempDir
    Path folder;

    @Test
    void whatIsThereIsSaidBeforeItIsOpened() throws IOException {
        Path open = Files.createDirectory(folder.resolve("open"));
        Path other = Files.createDirectory(folder.resolve("other"));
        Path file = Files.writeString(folder.resolve("file.txt"), "");
        Files.writeString(other.resolve("mailroom.sqlite"), "");
        assertThat(WorkspaceFolder.of("  ", open)).isEqualTo(WorkspaceFolder.UNNAMED);
        assertThat(WorkspaceFolder.of("other", open)).isEqualTo(WorkspaceFolder.NO_PATH);
        assertThat(WorkspaceFolder.of("/a\0b", open)).isEqualTo(WorkspaceFolder.NO_PATH);
        assertThat(WorkspaceFolder.of(file.toString(), open)).isEqualTo(WorkspaceFolder.FILE);
        assertThat(WorkspaceFolder.of(other + "/../open", open)).isEqualTo(WorkspaceFolder.THIS);
        assertThat(WorkspaceFolder.of(" " + other + " ", open)).isEqualTo(WorkspaceFolder.WORKSPACE);
        assertThat(WorkspaceFolder.of(folder.toString(), open)).isEqualTo(WorkspaceFolder.OTHER_THINGS);
        assertThat(WorkspaceFolder.of(folder.resolve("new/er").toString(), open))
                .isEqualTo(WorkspaceFolder.EMPTY);
    }

    @Test
    void onlyWhatCanBeAWorkspaceOpens() {
        assertThat(WorkspaceFolder.values())
                .filteredOn(WorkspaceFolder::opens)
                .containsExactlyInAnyOrder(
                        WorkspaceFolder.WORKSPACE, WorkspaceFolder.EMPTY, WorkspaceFolder.OTHER_THINGS);
    }
}
