package app.mailroom.ui.account;

import app.mailroom.account.GoogleSignIn;
import app.mailroom.app.WindowedWorkspace;
import app.mailroom.model.Member;
import app.mailroom.model.Role;
import app.mailroom.secrets.LastingSecrets;
import app.mailroom.store.Database;
import app.mailroom.store.MemberStore;
import app.mailroom.store.MemberStore.Admission;
import app.mailroom.store.MemberStore.Guest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A workspace with people, at which one of them stayed signed in. */
final class Seated {
    private Seated() {}

    /** Owner Olga, sender Sam, editor Edna and viewer Vic, with whoever has this role at the computer. */
    static WindowedWorkspace as(Role role, Path folder) throws IOException {
        Files.createDirectories(folder);
        byte[] secret = {4, 7, 1, 1};
        try (Database database =
                Database.open(folder.resolve("mailroom.sqlite"), Database.Schema.WORKSPACE, Clock.systemUTC())) {
            MemberStore members = new MemberStore(database, Clock.systemUTC());
            Member seated = in(members, "Olga", Role.OWNER);
            for (Member other : new Member[] {
                in(members, "Sam", Role.SENDER), in(members, "Edna", Role.EDITOR), in(members, "Vic", Role.VIEWER)
            }) {
                seated = other.role() == role ? other : seated;
            }
            members.beginSession(seated, "here", sha256(secret));
        }
        LastingSecrets secrets = new LastingSecrets();
        secrets.put("account.session", Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
        WindowedWorkspace workspace = new WindowedWorkspace(
                folder, Clock.systemUTC(), Map.of(), secrets, page -> {}, GoogleSignIn.Wish::usual);
        workspace.features().account().session().resume();
        return workspace;
    }

    /** So many others come in, called Guest1 and so on. */
    static void join(Path folder, int guests) {
        try (Database database =
                Database.open(folder.resolve("mailroom.sqlite"), Database.Schema.WORKSPACE, Clock.systemUTC())) {
            MemberStore members = new MemberStore(database, Clock.systemUTC());
            for (int i = 1; i <= guests; i++) {
                in(members, "Guest" + i, Role.VIEWER);
            }
        }
    }

    private static Member in(MemberStore members, String name, Role role) {
        String email = name.toLowerCase(Locale.ROOT) + "@example.com";
        if (role != Role.OWNER) {
            members.invite(email, role);
        }
        Admission admission = members.admit(new Guest("subject of " + name, email, name, Optional.empty()));
        return ((Admission.In) admission).member();
    }

    private static byte[] sha256(byte[] secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
