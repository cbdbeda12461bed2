package app.mailroom.ui.amazon;

import app.mailroom.delivery.Dispatch;
import app.mailroom.model.World;
import app.mailroom.ui.common.ScreenContext;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** The last step: whether new mailings go to Amazon or stay on this computer. */
final class LiveViewModel {
    /** What has to be, or should be, done before mails go out in earnest. */
    enum Missing {
        ACCESS,
        SENDER,
        EVENTS,
        PROOF
    }

    final GuideStep step;
    final ObjectProperty<World> world;
    final ObservableList<Missing> missing = FXCollections.observableArrayList();

    private final Dispatch dispatch;

    LiveViewModel(ScreenContext context) {
        this.dispatch = context.features().mailing().dispatch();
        this.step = new GuideStep(context.remote());
        this.world = new SimpleObjectProperty<>(dispatch.world());
        look();
    }

    /** Looks where new mailings go now. */
    void look() {
        if (!step.working()) {
            world.set(dispatch.world());
            step.done(world.get() == World.LIVE);
        }
    }

    /** Takes over what the other steps lack. */
    void lacks(List<Missing> now) {
        if (!missing.equals(now)) {
            missing.setAll(now);
        }
    }

    void switchTo(World wanted) {
        step.run(
                wanted == World.LIVE ? "GO_LIVE" : "GO_BACK",
                () -> {
                    dispatch.switchTo(wanted);
                    return wanted;
                },
                now -> look(),
                this::look);
    }
}
