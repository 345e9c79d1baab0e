package preflab.projects.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Recognises folders of other machines: SQLite's write-ahead log needs shared memory, which they cannot give. */
final class NetworkFolders {

    private static final Set<String> TYPES = Set.of("nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs",
            "afs", "ncpfs", "webdav", "davfs", "fuse.sshfs", "fuse.davfs2", "fuse.rclone", "ceph", "fuse.ceph",
            "glusterfs", "fuse.glusterfs", "lustre", "beegfs", "gpfs");

    private NetworkFolders() {
    }

    /** The type of the network file system this existing folder lies on; empty if it is local as far as can be told. */
    static Optional<String> typeOf(Path folder) {
        if (folder.toString().startsWith("\\\\")) {
            return Optional.of("UNC path");
        }
        try {
            return typeOf(Files.getFileStore(folder).type());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static Optional<String> typeOf(String fileStoreType) {
        return Optional.of(fileStoreType.toLowerCase(Locale.ROOT)).filter(TYPES::contains);
    }
}
