package app.mailroom.account;

import app.mailroom.model.Access;
import app.mailroom.model.Actor;
import app.mailroom.model.Member;
import app.mailroom.model.Refusal;
import app.mailroom.model.Right;
import app.mailroom.model.SignedInComputer;
import app.mailroom.model.World;
import app.mailroom.secrets.SecretStore;
import app.mailroom.secrets.SecretStoreException;
import app.mailroom.store.MemberStore;
import app.mailroom.store.MemberStore.Admission;
import app.mailroom.store.MemberStore.Kept;
import java.io.IOException;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who works with the workspace in this process. Nobody has to sign in while nobody owns the workspace, or while its owner has
 * switched that off: then it is the person at this computer, who may do everything. Whoever signs in all the same acts in their
 * own name and role. Safe for use by many threads; what others changed in the workspace is noticed whenever it is asked for a
 * refusal, and by {@link #lockIfIdle}.
 */
public final class Session implements Access {
    private static final Logger log = LoggerFactory.getLogger(Session.class);
    private static final String SECRET = "account.session";
    private static final int SECRET_BYTES = 32;
    private static final Duration SEEN_EVERY = Duration.ofHours(1);

    /** What can make a mail leave: sending, approving that, and test mails. */
    private static final Set<Right> SENDING =
            EnumSet.of(Right.SEND_MAILINGS, Right.APPROVE_MAILINGS, Right.PREPARE_MAILINGS);

    /** What Google said, or somebody in its place, and nobody came in by. A sign-in that was given up is none of these. */
    private static final Set<SignInException.Code> NOT_BELIEVED = EnumSet.of(
            SignInException.Code.STATE_MISMATCH,
            SignInException.Code.NOT_SIGNED,
            SignInException.Code.WRONG_ISSUER,
            SignInException.Code.WRONG_AUDIENCE,
            SignInException.Code.EXPIRED,
            SignInException.Code.WRONG_NONCE,
            SignInException.Code.EMAIL_NOT_VERIFIED,
            SignInException.Code.FOREIGN_DOMAIN);

    /** How it stands. */
    public enum Standing {
        /** The person at this computer, without a name of their own. */
        LOCAL,
        /** Nobody, and the workspace asks who. */
        SIGNED_OUT,
        /** A member. */
        SIGNED_IN,
        /** A member who has to say again that it is them. */
        LOCKED
    }

    /**
     * What it works with.
     *
     * @param members the program's own, to which nothing is refused
     * @param google makes what signs in with Google, for a browser
     * @param secrets keeps the secret of a computer that stays signed in
     * @param localName what this computer calls the person at it
     * @param computer what this computer calls itself
     */
    public record Parts(
            MemberStore members,
            AccountSettings settings,
            Function<Consumer<URI>, GoogleSignIn> google,
            SecretStore secrets,
            String localName,
            String computer,
            Clock clock) {}

    /**
     * Somebody has signed in.
     *
     * @param stays whether this computer stays signed in. It does not where that was not wanted, and where the keychain did not
     *     take the secret
     */
    public record Entered(Member member, boolean stays) {}

    /**
     * As it was at last look.
     *
     * @param asked whether the workspace asks who works with it, once somebody owns it
     * @param session by which this computer stays signed in
     * @param removed whether whoever was signed in was taken out
     */
    private record State(
            boolean asked,
            boolean owned,
            Optional<Member> member,
            Optional<Long> session,
            boolean locked,
            boolean removed) {
        Standing standing() {
            boolean needed = asked && owned;
            if (member.isEmpty()) {
                return needed ? Standing.SIGNED_OUT : Standing.LOCAL;
            }
            return locked ? needed ? Standing.LOCKED : Standing.LOCAL : Standing.SIGNED_IN;
        }

        boolean locks() {
            return asked && owned && standing() == Standing.SIGNED_IN;
        }

        State with(Member somebody, Optional<Long> staying, boolean lock) {
            return new State(asked, true, Optional.of(somebody), staying, lock, false);
        }

        State withoutMember(boolean takenOut) {
            return new State(asked, owned, Optional.empty(), Optional.empty(), false, takenOut);
        }
    }

    private final Parts parts;
    private final MemberStore members;
    private final SecureRandom random = new SecureRandom();
    private final List<Runnable> subscribers = new CopyOnWriteArrayList<>();
    private volatile State state;
    private volatile Duration idle;
    private volatile Instant touched;
    private volatile Instant seen;

    /** Nobody is signed in yet; see {@link #resume}. Reads the workspace. */
    public Session(Parts parts) {
        this.parts = parts;
        this.members = parts.members();
        this.idle = parts.settings().idle();
        this.touched = parts.clock().instant();
        this.seen = touched;
        this.state = new State(false, false, Optional.empty(), Optional.empty(), false, false);
        look();
    }

    /** Takes up a sign-in that was to stay, if there is one. Asks the keychain, which may take a moment. */
    public void resume() {
        if (look().standing() != Standing.SIGNED_OUT) {
            return;
        }
        Optional<byte[]> secret = keptSecret();
        Optional<Kept> kept = secret.flatMap(known -> members.session(sha256(known)));
        if (kept.isPresent()) {
            Kept session = kept.get();
            if (!session.locked()) {
                noteSeen(session.member(), Optional.of(session.sessionId()));
            }
            touched = parts.clock().instant();
            become(now -> now.with(session.member(), Optional.of(session.sessionId()), session.locked()));
        } else if (secret.isPresent()) {
            forgetSecret();
        }
    }

    /** How it stood at last look. Answers at once. */
    public Standing standing() {
        return state.standing();
    }

    /** Whoever is signed in or has to unlock, as they were at last look. Answers at once. */
    public Optional<Member> member() {
        State now = state;
        return now.standing() == Standing.LOCAL ? Optional.empty() : now.member();
    }

    @Override
    public Actor actor() {
        return member().map(Actor::of).orElseGet(this::person);
    }

    private Actor person() {
        return Actor.local(parts.localName());
    }

    @Override
    public Optional<Refusal> refusal(Right right, World world) {
        State now = look();
        return switch (now.standing()) {
            case LOCAL ->
                now.asked() && world == World.LIVE && SENDING.contains(right)
                        ? refused(Refusal.Code.LIVE_NEEDS_SIGN_IN, right)
                        : Optional.empty();
            case SIGNED_OUT -> refused(now.removed() ? Refusal.Code.REMOVED : Refusal.Code.SIGNED_OUT, right);
            case LOCKED -> refused(Refusal.Code.LOCKED, right);
            case SIGNED_IN -> {
                if (now.locks() && overdue()) {
                    yield refused(Refusal.Code.LOCKED, right);
                }
                yield now.member()
                        .map(Member::role)
                        .filter(role -> !role.may(right))
                        .map(role -> new Refusal(Refusal.Code.ROLE, right, Optional.of(role)));
            }
        };
    }

    private static Optional<Refusal> refused(Refusal.Code code, Right right) {
        return Optional.of(new Refusal(code, right, Optional.empty()));
    }

    /**
     * Goes on only if they may; what is changed in their name shows that they are there, as a key or a mouse does. Asking for a
     * right alone does not: open windows do that by themselves, again and again.
     */
    @Override
    public void requireToChange(Right right) {
        require(right);
        touched();
    }

    /**
     * Signs somebody in with Google and waits for them; also unlocks. Interrupting the thread cancels. Whoever was signed in
     * before is signed out.
     *
     * @param browser shows the person a page; may also keep its address for them to copy
     * @param stay whether this computer stays signed in until somebody signs out, or nobody used it for 30 days. Without, it does
     *     not any more
     * @throws SignInException when nobody signed in
     * @throws NotAdmittedException when they may not come in, or are not whoever locked the program
     */
    public Entered signIn(GoogleSignIn.Wish wish, boolean stay, Consumer<URI> browser)
            throws SignInException, NotAdmittedException {
        SignedIn who = asGoogleSays(wish, browser);
        if (Thread.currentThread().isInterrupted()) {
            throw LoopbackReceiver.cancelled();
        }
        State before = look();
        boolean unlocks = before.standing() == Standing.LOCKED;
        if (unlocks
                && before.member()
                        .filter(member -> !member.subject().equals(who.subject()))
                        .isPresent()) {
            throw notAdmitted(
                    NotAdmittedException.Code.SOMEBODY_ELSE,
                    who,
                    "Mailroom is locked for somebody else. Sign in as they, or sign out first.");
        }
        Member member = admitted(who);
        Optional<Long> session = stay ? stayingSession(member) : Optional.empty();
        if (session.isEmpty()) {
            endKept();
        }
        if (unlocks) {
            members.unlock(member, parts.computer(), session);
        } else {
            before.member()
                    .filter(other -> other.id() != member.id())
                    .ifPresent(other -> members.signedOut(other, parts.computer(), before.session()));
            members.signedIn(member, parts.computer(), session);
        }
        touched = parts.clock().instant();
        seen = touched;
        become(now -> now.with(member, session, false));
        fetchPicture(member, who);
        return new Entered(member, session.isPresent());
    }

    private SignedIn asGoogleSays(GoogleSignIn.Wish wish, Consumer<URI> browser) throws SignInException {
        try {
            return parts.google().apply(browser).signIn(wish);
        } catch (SignInException e) {
            if (NOT_BELIEVED.contains(e.code())) {
                members.signInRefused(person(), "nobody", e.code().name());
            }
            throw e;
        }
    }

    private Member admitted(SignedIn who) throws NotAdmittedException {
        Admission admission =
                members.admit(new MemberStore.Guest(who.subject(), who.email(), who.name(), who.domain()));
        if (admission instanceof Admission.In in) {
            return in.member();
        }
        throw admission instanceof Admission.Removed
                ? notAdmitted(
                        NotAdmittedException.Code.REMOVED,
                        who,
                        who.email() + " was taken out of this workspace. An owner of it can let you in again.")
                : notAdmitted(
                        NotAdmittedException.Code.NOT_INVITED,
                        who,
                        who.email() + " is not invited to this workspace. Ask an owner of it to invite that address, or"
                                + " sign in with the account that is invited.");
    }

    private NotAdmittedException notAdmitted(NotAdmittedException.Code code, SignedIn who, String message) {
        members.signInRefused(person(), who.email(), code.name());
        return new NotAdmittedException(code, who.email(), message);
    }

    /** The session by which this computer stays signed in as a member; empty where no keychain takes its secret. */
    private Optional<Long> stayingSession(Member member) {
        if (!parts.secrets().lasting()) {
            return Optional.empty();
        }
        Optional<Kept> there = keptSession();
        Optional<Long> own =
                there.filter(kept -> kept.member().id() == member.id()).map(Kept::sessionId);
        if (own.isPresent()) {
            return own;
        }
        there.ifPresent(other -> members.endSession(other.sessionId()));
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        try {
            parts.secrets().put(SECRET, Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
        } catch (SecretStoreException e) {
            log.warn("This computer does not stay signed in: {}", e.getMessage());
            return Optional.empty();
        }
        return Optional.of(members.beginSession(member, parts.computer(), sha256(secret)));
    }

    private Optional<Kept> keptSession() {
        return keptSecret().flatMap(secret -> members.session(sha256(secret)));
    }

    private Optional<byte[]> keptSecret() {
        return parts.secrets().get(SECRET).flatMap(text -> {
            try {
                return Optional.of(Base64.getUrlDecoder().decode(text));
            } catch (IllegalArgumentException e) {
                log.warn("What the keychain holds under {} is no secret of this program", SECRET);
                return Optional.empty();
            }
        });
    }

    /** Whatever the keychain holds, nobody comes in by it any more. */
    private void endKept() {
        keptSession().ifPresent(kept -> members.endSession(kept.sessionId()));
        forgetSecret();
    }

    /** One that stays behind is of no use to anybody, since its session has ended. */
    private void forgetSecret() {
        try {
            parts.secrets().remove(SECRET);
        } catch (SecretStoreException e) {
            log.warn("The secret of a session that has ended is still in the keychain: {}", e.getMessage());
        }
    }

    private static byte[] sha256(byte[] secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** On a thread of its own, since nobody waits for a picture; without one, an earlier picture stays. */
    private void fetchPicture(Member member, SignedIn who) {
        who.picture().ifPresent(address -> {
            Thread thread = new Thread(
                    () -> {
                        try {
                            members.keepPicture(member.id(), Picture.at(address));
                            tellSubscribers();
                        } catch (IOException | RuntimeException e) {
                            log.info("The picture of member {} was not fetched: {}", member.id(), e.toString());
                        }
                    },
                    "picture-of-member");
            thread.setDaemon(true);
            thread.start();
        });
    }

    /** Ends the session, and that this computer stays signed in. Asks the keychain, which may take a moment. */
    public void signOut() {
        State before = become(now -> now.withoutMember(false));
        before.member().ifPresent(member -> members.signedOut(member, parts.computer(), before.session()));
        endKept();
    }

    /** Locks now, if somebody is signed in and the workspace asks who. */
    public void lock() {
        State before = become(now -> now.locks() ? now.with(now.member().orElseThrow(), now.session(), true) : now);
        if (before.locks()) {
            members.lock(before.member().orElseThrow(), parts.computer(), before.session());
        }
    }

    /**
     * Somebody touched key or mouse. Answers at once.
     *
     * @return false if that comes too late: then nothing is allowed any more, and {@link #lockIfIdle} locks. So a computer that
     *     slept for hours is locked when it wakes up
     */
    public boolean touched() {
        if (state.locks() && overdue()) {
            return false;
        }
        touched = parts.clock().instant();
        return true;
    }

    private boolean overdue() {
        Duration longest = idle;
        return !longest.isZero() && !parts.clock().instant().isBefore(touched.plus(longest));
    }

    /**
     * Looks at the workspace, and locks if nobody touched anything for as long as it says; returns whether it is locked. To be
     * called about twice a minute, and not on a thread that must not wait.
     */
    public boolean lockIfIdle() {
        State now = look();
        Instant instant = parts.clock().instant();
        if (instant.isBefore(touched)) {
            // The clock was set back.
            touched = instant;
        }
        if (now.locks() && overdue()) {
            lock();
        } else if (now.standing() == Standing.SIGNED_IN
                && Duration.between(seen, instant).abs().compareTo(SEEN_EVERY) >= 0) {
            now.member().ifPresent(member -> noteSeen(member, now.session()));
        }
        return standing() == Standing.LOCKED;
    }

    private void noteSeen(Member member, Optional<Long> session) {
        members.seen(member, session);
        seen = parts.clock().instant();
    }

    /** The computers on which whoever is signed in stays so. */
    public List<SignedInComputer> computers() {
        State now = look();
        return now.standing() == Standing.SIGNED_IN
                ? now.member()
                        .map(member -> members.computers(member.id(), now.session()))
                        .orElse(List.of())
                : List.of();
    }

    /**
     * Signs another computer of theirs out.
     *
     * @throws app.mailroom.model.NotAllowedException when nobody is signed in any more
     */
    public void signOut(SignedInComputer computer) {
        require(Right.VIEW);
        if (computer.here()) {
            signOut();
        } else {
            member().ifPresent(member -> members.signOut(member, computer));
        }
    }

    /** Whether this computer stays signed in as whoever is. Answers at once. */
    public boolean stays() {
        return state.session().isPresent();
    }

    /** Whether a sign-in can outlast the program here. Asks the keychain, which may take a moment. */
    public boolean canStay() {
        return parts.secrets().lasting();
    }

    /** What whoever is signed in chose; empty for the person at this computer. */
    public Optional<String> preference(String name) {
        return member().flatMap(member -> members.preference(member.id(), name));
    }

    /** Keeps what they chose; returns false for the person at this computer, who has no such place. */
    public boolean prefer(String name, String value) {
        Optional<Member> somebody = member();
        somebody.ifPresent(member -> members.prefer(member.id(), name, value));
        return somebody.isPresent();
    }

    /** The picture of whoever is signed in, PNG or JPEG. It may come some seconds after they did; subscribers are told. */
    public Optional<byte[]> picture() {
        return member().flatMap(member -> members.picture(member.id()));
    }

    /**
     * Has this run after every change of standing, member, role or picture, on whichever thread noticed it. Run what is returned
     * to stop.
     */
    public Runnable subscribe(Runnable changed) {
        subscribers.add(changed);
        return () -> subscribers.remove(changed);
    }

    /** Takes over what others changed: people and settings may have been changed in another window or on another computer. */
    private State look() {
        while (true) {
            State before = state;
            State now = asInWorkspace(before);
            if (now.equals(before)) {
                return before;
            }
            if (replace(before, now)) {
                tellSubscribers();
                return now;
            }
        }
    }

    private synchronized boolean replace(State before, State now) {
        boolean same = state.equals(before);
        if (same) {
            state = now;
        }
        return same;
    }

    private State asInWorkspace(State before) {
        idle = parts.settings().idle();
        State now = new State(
                parts.settings().asksWho(),
                members.owned(),
                before.member(),
                before.session(),
                before.locked(),
                before.removed());
        if (before.member().isEmpty()) {
            return now;
        }
        Optional<Member> there = members.find(before.member().get().id())
                .filter(member -> member.removedAt().isEmpty());
        if (there.isEmpty()) {
            return now.withoutMember(true);
        }
        if (before.session().isEmpty()) {
            return now.with(there.get(), before.session(), before.locked());
        }
        // Unlocking one process does not unlock another, before which somebody else may sit.
        return members.session(before.session().get())
                .map(kept -> now.with(there.get(), before.session(), before.locked() || kept.locked()))
                .orElseGet(() -> now.withoutMember(false));
    }

    /** Changes the state, whatever others do to it meanwhile, and returns what it was. */
    private State become(UnaryOperator<State> change) {
        State before;
        State now;
        synchronized (this) {
            before = state;
            now = change.apply(before);
            state = now;
        }
        if (!now.equals(before)) {
            tellSubscribers();
        }
        return before;
    }

    private void tellSubscribers() {
        for (Runnable subscriber : subscribers) {
            try {
                subscriber.run();
            } catch (RuntimeException e) {
                // Nobody's deed is to fail because a window could not show who did it.
                log.error("Somebody could not be told that the session changed", e);
            }
        }
    }
}
