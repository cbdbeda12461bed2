package app.mailroom.app;

import app.mailroom.aws.Amazon;
import app.mailroom.delivery.Dispatch;
import app.mailroom.delivery.MailGateway;
import app.mailroom.model.MailAccount;
import app.mailroom.model.World;
import app.mailroom.plan.SendingConditions;
import app.mailroom.store.SettingsStore;
import app.mailroom.tracking.Tracking;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/** What holds for a new mailing in the mode that the workspace is in. */
final class PresentConditions implements SendingConditions {
    private final SettingsStore settings;
    private final Amazon amazon;

    PresentConditions(SettingsStore settings, Amazon amazon) {
        this.settings = settings;
        this.amazon = amazon;
    }

    @Override
    public World world() {
        return Dispatch.mode(settings);
    }

    @Override
    public MailAccount account() throws IOException {
        try (MailGateway gateway = amazon.gateway()) {
            return gateway.account();
        }
    }

    @Override
    public boolean maySend(String address) throws IOException {
        return amazon.senders().maySend(address);
    }

    @Override
    public boolean signs(String address) throws IOException {
        return amazon.senders().signs(address);
    }

    @Override
    public Set<HitCounter> counting() {
        Set<HitCounter> counting = EnumSet.noneOf(HitCounter.class);
        if (amazon.countsHits()) {
            counting.add(HitCounter.AMAZON);
        }
        if (Tracking.isOn(settings)) {
            counting.add(HitCounter.RELAY);
        }
        return counting;
    }
}
