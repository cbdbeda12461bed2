package app.mailroom;

import app.mailroom.model.Access;
import app.mailroom.model.Actor;
import app.mailroom.model.Refusal;
import app.mailroom.model.Right;
import app.mailroom.model.Role;
import app.mailroom.model.World;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A person of a test.
 *
 * @param sendsLive false for one who has to sign in before they send in live mode
 */
public record Somebody(Actor actor, Role role, boolean sendsLive) implements Access {
    /** Somebody at a computer without sign-in. */
    public static Somebody called(String name, Role role) {
        return new Somebody(Actor.local(name), role, true);
    }

    /** A member; the test puts them into the table. */
    public static Somebody member(long id, String email, Role role) {
        return new Somebody(new Actor(OptionalLong.of(id), email), role, true);
    }

    /** The same, who may not send in live mode. */
    public Somebody withoutLive() {
        return new Somebody(actor, role, false);
    }

    @Override
    public Optional<Refusal> refusal(Right right, World world) {
        if (!role.may(right)) {
            return Optional.of(new Refusal(Refusal.Code.ROLE, right, Optional.of(role)));
        }
        return world == World.LIVE && !sendsLive
                ? Optional.of(new Refusal(Refusal.Code.LIVE_NEEDS_SIGN_IN, right, Optional.empty()))
                : Optional.empty();
    }
}
