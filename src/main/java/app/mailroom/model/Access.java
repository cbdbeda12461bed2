package app.mailroom.model;

import java.util.Optional;

/** Who works with the workspace now, and what they may do. May be asked on any thread, and asked anew for each deed. */
public interface Access {
    /** The program's own work, which nobody has to allow. */
    Access PROGRAM = new Access() {
        @Override
        public Actor actor() {
            return Actor.PROGRAM;
        }

        @Override
        public Optional<Refusal> refusal(Right right, World world) {
            return Optional.empty();
        }
    };

    /** Who it is. */
    Actor actor();

    /**
     * Why they may not do what takes this right; empty where they may. May read the workspace.
     *
     * @param world whose mailing it is about. Only what sends in {@link World#LIVE} asks more than in {@link World#PRACTICE}
     */
    Optional<Refusal> refusal(Right right, World world);

    /** The same for what sends nothing. */
    default Optional<Refusal> refusal(Right right) {
        return refusal(right, World.PRACTICE);
    }

    /**
     * Goes on only if they may.
     *
     * @throws NotAllowedException if not
     */
    default void require(Right right, World world) {
        refusal(right, world).ifPresent(refusal -> {
            throw new NotAllowedException(refusal);
        });
    }

    /** The same for what sends nothing. */
    default void require(Right right) {
        require(right, World.PRACTICE);
    }

    /** The same for what is changed this moment, which shows that they are there. */
    default void requireToChange(Right right) {
        require(right);
    }
}
