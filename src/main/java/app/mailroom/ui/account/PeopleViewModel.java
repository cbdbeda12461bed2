package app.mailroom.ui.account;

import app.mailroom.account.AccountSettings;
import app.mailroom.account.GoogleSettings;
import app.mailroom.account.People;
import app.mailroom.model.AllowedDomain;
import app.mailroom.model.Invitation;
import app.mailroom.model.Member;
import app.mailroom.model.Right;
import app.mailroom.model.Role;
import app.mailroom.ui.common.Background;
import app.mailroom.ui.common.Reload;
import app.mailroom.ui.common.Rows;
import app.mailroom.ui.common.ScreenContext;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** Who works with the workspace, who may come in, and how. JavaFX thread only. */
final class PeopleViewModel {
    /** From so many people on one looks for them by name. */
    static final int SEARCHED = 10;

    /** Where the OAuth client comes from. */
    enum Source {
        NONE,
        TYPED,
        ENVIRONMENT
    }

    /**
     * How people come in.
     *
     * @param asksWho whether the workspace asks who works with it
     * @param idle zero for never
     * @param clientId empty while none is set
     */
    record Entry(boolean asksWho, Duration idle, boolean approval, Source source, String clientId) {}

    /** Everything that the page shows. */
    record Standing(
            List<Member> members,
            List<Member> removed,
            List<Invitation> invitations,
            List<AllowedDomain> domains,
            Entry entry) {
        /** Whether this is the only one who owns the workspace. */
        boolean isLastOwner(Member member) {
            return member.role() == Role.OWNER && owners() == 1;
        }

        private long owners() {
            return members.stream()
                    .filter(member -> member.role() == Role.OWNER)
                    .count();
        }

        /** How many may approve what somebody else planned. */
        long approvers() {
            return members.stream()
                    .filter(member -> member.role().may(Right.APPROVE_MAILINGS))
                    .count();
        }
    }

    final ObjectProperty<@Nullable Standing> standing = new SimpleObjectProperty<>();
    /** Whether the page has something to show. */
    final BooleanProperty read = new SimpleBooleanProperty(false);

    final ObservableList<Member> members = FXCollections.observableArrayList();
    final ObservableList<Member> removed = FXCollections.observableArrayList();
    final ObservableList<Invitation> invitations = FXCollections.observableArrayList();
    final ObservableList<AllowedDomain> domains = FXCollections.observableArrayList();
    final StringProperty search = new SimpleStringProperty("");

    private final People people;
    private final GoogleSettings google;
    private final ScreenContext context;
    private final Background background;
    private final Reload<Standing> reload;
    private final Map<Long, Optional<byte[]>> pictures = new ConcurrentHashMap<>();

    PeopleViewModel(ScreenContext context) {
        this.context = context;
        this.people = context.features().account().people();
        this.google = context.features().account().google();
        this.background = context.background();
        this.reload = new Reload<>(background, this::read, this::show);
        search.addListener((property, before, now) -> showMembers());
    }

    private Standing read() {
        List<Member> there = people.members();
        there.forEach(member -> pictures.computeIfAbsent(member.id(), id -> people.picture(member)));
        AccountSettings settings = people.settings();
        Source source = google.typed() ? Source.TYPED : google.configured() ? Source.ENVIRONMENT : Source.NONE;
        return new Standing(
                there,
                people.removed(),
                people.invitations(),
                people.domains(),
                new Entry(settings.asksWho(), settings.idle(), settings.approval(), source, google.clientId()));
    }

    private void show(Standing now) {
        if (now.equals(standing.get())) {
            return;
        }
        standing.set(now);
        read.set(true);
        showMembers();
        Rows.update(removed, now.removed(), Member::id);
        if (!invitations.equals(now.invitations())) {
            invitations.setAll(now.invitations());
        }
        if (!domains.equals(now.domains())) {
            domains.setAll(now.domains());
        }
    }

    private void showMembers() {
        Standing now = standing.get();
        if (now != null) {
            String wanted = search.get().strip().toLowerCase(Locale.ROOT);
            List<Member> found = now.members().stream()
                    .filter(member -> (member.name() + "\n" + member.email())
                            .toLowerCase(Locale.ROOT)
                            .contains(wanted))
                    .toList();
            Rows.update(members, found, Member::id);
        }
    }

    void reload() {
        reload.ask();
    }

    /** Whether it is whoever sits in front of the window. */
    boolean isMe(Member member) {
        return context.features()
                .account()
                .session()
                .member()
                .filter(me -> me.id() == member.id())
                .isPresent();
    }

    Optional<byte[]> picture(Member member) {
        return pictures.getOrDefault(member.id(), Optional.empty());
    }

    void changeRole(Member member, Role role, Runnable done) {
        run(() -> people.changeRole(member, role), done);
    }

    void remove(Member member, Runnable done) {
        run(() -> people.remove(member), done);
    }

    void restore(Member member, Runnable done) {
        run(() -> people.restore(member), done);
    }

    /** Invites an address; what speaks against it comes back with the failure. */
    void invite(String address, Role role, Runnable done, Consumer<Throwable> failed) {
        run(() -> people.invite(address, role), done, failed);
    }

    /** Allows an organisation; what speaks against it comes back with the failure. */
    void allow(String domain, Role role, Runnable done, Consumer<Throwable> failed) {
        run(() -> people.allow(domain, role), done, failed);
    }

    void changeRole(Invitation invitation, Role role) {
        run(() -> people.invite(invitation.email(), role), () -> {});
    }

    void changeRole(AllowedDomain domain, Role role) {
        run(() -> people.allow(domain.domain(), role), () -> {});
    }

    void withdraw(Invitation invitation, Runnable done) {
        run(() -> people.withdraw(invitation), done);
    }

    void withdraw(AllowedDomain domain, Runnable done) {
        run(() -> people.withdraw(domain), done);
    }

    void idle(Duration idle) {
        run(() -> people.settings().idle(idle), () -> {});
    }

    void approval(boolean on) {
        run(() -> people.settings().approval(on), () -> {});
    }

    void askWho(boolean on, Runnable done) {
        run(() -> people.settings().askWho(on), done);
    }

    /** Keeps an OAuth client; failures of the keychain come back. */
    void keepClient(String id, String secret, Runnable done, Consumer<Throwable> failed) {
        run(() -> google.keep(id, secret), done, failed);
    }

    void forgetClient(Runnable done) {
        run(google::forget, done);
    }

    private void run(Background.Work work, Runnable done) {
        run(work, done, background::tell);
    }

    private void run(Background.Work work, Runnable done, Consumer<Throwable> failed) {
        background.run(
                work,
                () -> {
                    reload.ask();
                    done.run();
                },
                failure -> {
                    // What the page shows may have been changed by hand meanwhile, such as a chosen role.
                    standing.set(null);
                    reload.ask();
                    failed.accept(failure);
                });
    }
}
