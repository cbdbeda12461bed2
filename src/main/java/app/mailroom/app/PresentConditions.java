package app.mailroom.app;

import app.mailroom.aws.Amazon;
import app.mailroom.delivery.Dispatch;
import app.mailroom.delivery.MailGateway;
import app.mailroom.model.MailAccount;
import app.mailroom.model.World;
import app.mailroom.plan.SendingConditions;
import app.mailroom.store.SettingsStore;
import java.io.IOException;

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
    public boolean countsHits() {
        return amazon.countsHits();
    }
}
