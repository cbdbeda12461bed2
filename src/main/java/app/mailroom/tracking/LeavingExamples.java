package app.mailroom.tracking;

import app.mailroom.model.World;
import app.mailroom.template.ProgramVariables;
import java.util.Optional;
import java.util.function.Function;

/**
 * What previews have where a mail has the link by which its reader leaves: the same kind of link, at the relay that mails use at
 * present, but one that unsubscribes nobody. No key is asked for.
 */
public final class LeavingExamples {
    private final Function<World, Optional<RelayAddress>> relays;

    /** relays says which relay the mails of a world use, if any. */
    public LeavingExamples(Function<World, Optional<RelayAddress>> relays) {
        this.relays = relays;
    }

    /**
     * The link for mails of a world. Reads settings.
     *
     * @param fromAddress the sender's address
     * @param replyTo where answers go, an address with or without a name; empty for the sender
     */
    public String of(World world, String fromAddress, String replyTo) {
        return relays.apply(world)
                .map(RelayAddress::exampleOfLeaving)
                .orElseGet(() -> ProgramVariables.mailToLeave(fromAddress, replyTo));
    }
}
