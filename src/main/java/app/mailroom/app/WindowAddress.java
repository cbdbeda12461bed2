package app.mailroom.app;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file in which the process with a workspace's window says how it is called: a port of this computer, a word by which it
 * knows callers, and a word by which callers know it. Only its owner may read the file, so only they can call.
 */
record WindowAddress(Path file) {
    private static final Logger log = LoggerFactory.getLogger(WindowAddress.class);
    /** A process on the same computer either answers at once or not at all. */
    private static final int PATIENCE_MILLIS = 1_000;

    private static final long LONGEST = 1_000;

    /** What the file says. */
    record There(int port, String callersWord, String ownWord) {
        /** Asks the window to come to the front, with a file if there is one; whether it has agreed. */
        boolean call(Optional<Path> file) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
                socket.setSoTimeout(PATIENCE_MILLIS);
                String wanted = file.map(path -> URLEncoder.encode(path.toString(), StandardCharsets.UTF_8))
                        .orElse("");
                socket.getOutputStream()
                        .write((callersWord + "\n" + wanted + "\n").getBytes(StandardCharsets.US_ASCII));
                InputStream answer = socket.getInputStream();
                byte[] word = answer.readNBytes(ownWord.length());
                return MessageDigest.isEqual(word, ownWord.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                log.debug("Nobody answers at the address of the window", e);
                return false;
            }
        }
    }

    /** How the window is called; nothing where there is no such file, or one that a process left half written. */
    Optional<There> read() {
        try {
            if (Files.size(file) > LONGEST) {
                return Optional.empty();
            }
            String[] parts =
                    Files.readString(file, StandardCharsets.US_ASCII).strip().split(" ", -1);
            return parts.length != 3 || !parts[0].matches("[0-9]{1,5}")
                    ? Optional.empty()
                    : Optional.of(new There(Integer.parseInt(parts[0]) & 0xFFFF, parts[1], parts[2]));
        } catch (IOException e) {
            log.debug("There is no address of a window", e);
            return Optional.empty();
        }
    }

    /** Puts this in the place of what a process before has left. */
    void write(There there) throws IOException {
        Path made = Files.createTempFile(file.getParent(), "window", ".tmp");
        try {
            letOnlyTheOwnerRead(made);
            Files.writeString(
                    made,
                    there.port() + " " + there.callersWord() + " " + there.ownWord() + "\n",
                    StandardCharsets.US_ASCII);
            Files.move(made, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(made);
        }
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    private static void letOnlyTheOwnerRead(Path file) throws IOException {
        PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (posix != null) {
            posix.setPermissions(PosixFilePermissions.fromString("rw-------"));
            return;
        }
        AclFileAttributeView acl = Files.getFileAttributeView(file, AclFileAttributeView.class);
        if (acl != null) {
            acl.setAcl(List.of(AclEntry.newBuilder()
                    .setType(AclEntryType.ALLOW)
                    .setPrincipal(acl.getOwner())
                    .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                    .build()));
        }
    }
}
