package app.mailroom.ui.mailings;

import app.mailroom.model.World;
import app.mailroom.plan.SendingConditions;
import app.mailroom.plan.SendingConditions.HitCounter;
import java.util.Set;

/** Who counts openings and clicks of a mailing that is planned now. */
enum Counting {
    /** The relay that practice has built in. */
    PRACTICE,
    AMAZON,
    RELAY,
    /** Both Amazon and the relay, so that everything would be counted twice. */
    TWICE,
    NOBODY;

    /** As it stands; asks nobody beyond this computer. */
    static Counting of(SendingConditions conditions) {
        if (conditions.world() == World.PRACTICE) {
            return PRACTICE;
        }
        Set<HitCounter> counting = conditions.counting();
        if (counting.size() > 1) {
            return TWICE;
        }
        return counting.contains(HitCounter.AMAZON) ? AMAZON : counting.contains(HitCounter.RELAY) ? RELAY : NOBODY;
    }
}
