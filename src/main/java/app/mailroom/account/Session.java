package app.mailroom.account;

import app.mailroom.model.Access;
import app.mailroom.model.Actor;
import app.mailroom.model.Member;
import app.mailroom.model.Refusal;
import app.mailroom.model.Right;
import app.mailroom.model.SignedInComputer;
import app.mailroom.model.World;
import app.mailroom.secrets.SecretStore;
import app.mailroom.store.MemberStore;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Who works with the workspace in this process. Nobody has to sign in while nobody owns the workspace, or while its owner has
 * switched that off: then it is the person at this computer, who may do everything. Safe for use by many threads.
 */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class Session implements Access {
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

    private final Parts parts;

    /** Nobody is signed in yet; see {@link #resume}. */
    public Session(Parts parts) {
        this.parts = parts;
    }

    /** Takes up a sign-in that was to stay, if there is one. Asks the keychain, which may take a moment. */
    public void resume() {}

    /** How it stands now. */
    public Standing standing() {
        return Standing.LOCAL;
    }

    /** Whoever is signed in or has to unlock, as they were at last look. */
    public Optional<Member> member() {
        return Optional.empty();
    }

    @Override
    public Actor actor() {
        return Actor.local(parts.localName());
    }

    @Override
    public Optional<Refusal> refusal(Right right, World world) {
        return Optional.empty();
    }

    /**
     * Signs somebody in with Google and waits for them; also unlocks. Interrupting the thread cancels.
     *
     * @param browser shows the person a page; may also keep its address for them to copy
     * @param stay whether this computer stays signed in until somebody signs out
     * @throws SignInException when nobody signed in
     * @throws NotAdmittedException when they may not come in, or are not whoever locked the program
     */
    public Member signIn(GoogleSignIn.Wish wish, boolean stay, Consumer<URI> browser)
            throws SignInException, NotAdmittedException {
        throw new UnsupportedOperationException();
    }

    /** Ends the session, and that this computer stays signed in. */
    public void signOut() {
        throw new UnsupportedOperationException();
    }

    /** Locks now, if somebody is signed in. */
    public void lock() {
        throw new UnsupportedOperationException();
    }

    /** Somebody touched key or mouse. */
    public void touched() {}

    /** Locks if nobody touched anything for as long as the workspace says; returns whether it is locked. */
    public boolean lockIfIdle() {
        return false;
    }

    /** The computers on which whoever is signed in stays so. */
    public List<SignedInComputer> computers() {
        return List.of();
    }

    /** Signs another computer of theirs out. */
    public void signOut(SignedInComputer computer) {
        throw new UnsupportedOperationException();
    }

    /** Whether a sign-in can outlast the program here. */
    public boolean canStay() {
        return parts.secrets().lasting();
    }

    /** What whoever is signed in chose; empty for the person at this computer. */
    public Optional<String> preference(String name) {
        return Optional.empty();
    }

    /** Keeps what they chose; returns false for the person at this computer, who has no such place. */
    public boolean prefer(String name, String value) {
        return false;
    }

    /** The picture of whoever is signed in. */
    public Optional<byte[]> picture() {
        return Optional.empty();
    }

    /** Has this run after every change of standing, member or role, on whichever thread changed it. Run what is returned to stop. */
    public Runnable subscribe(Runnable changed) {
        return () -> {};
    }
}
