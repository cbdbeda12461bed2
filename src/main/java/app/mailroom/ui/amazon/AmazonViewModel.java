package app.mailroom.ui.amazon;

import app.mailroom.delivery.Dispatch;
import app.mailroom.model.SendingIdentity;
import app.mailroom.ui.amazon.LiveViewModel.Missing;
import app.mailroom.ui.common.ScreenContext;
import java.util.ArrayList;
import java.util.List;
import javafx.collections.ListChangeListener;

/** The steps, and what each has to know of the others. */
final class AmazonViewModel {
    final AccessViewModel access;
    final SendersViewModel senders;
    final EventsViewModel events;
    final ProofViewModel proof;
    final LiveViewModel live;
    final RelayViewModel relay;

    AmazonViewModel(ScreenContext context) {
        this.senders = new SendersViewModel(context);
        this.relay = new RelayViewModel(context);
        this.events = new EventsViewModel(context, relay::load);
        relay.standing.addListener((property, before, now) -> events.relayCounts.set(now.on()));
        this.proof = new ProofViewModel(context);
        this.live = new LiveViewModel(context);
        Dispatch dispatch = context.features().mailing().dispatch();
        this.access = new AccessViewModel(context, () -> {
            dispatch.wake();
            letIn();
        });
        senders.identities.addListener((ListChangeListener<SendingIdentity>) change -> proof.offer(senders.identities));
        events.chain.addListener((property, before, now) -> {
            dispatch.wake();
            proof.load();
        });
        access.checked.addListener((property, before, now) -> weigh());
        senders.identities.addListener((ListChangeListener<SendingIdentity>) change -> weigh());
        events.chain.addListener((property, before, now) -> weigh());
        proof.provenAt.addListener((property, before, now) -> weigh());
        weigh();
    }

    /**
     * Reads what is kept, and the first time asks Amazon too when it is known where and how; {@code otherwise} is run
     * when nothing is asked.
     */
    void load(Runnable otherwise) {
        events.load();
        proof.load();
        live.look();
        proof.offer(List.copyOf(senders.identities));
        access.load(() -> {
            if (access.worthAsking()) {
                access.ask();
            } else {
                otherwise.run();
            }
        });
    }

    private void letIn() {
        senders.refresh();
        events.inspect();
    }

    private void weigh() {
        List<Missing> missing = new ArrayList<>();
        if (access.checked.get() == null) {
            missing.add(Missing.ACCESS);
        }
        if (senders.identities.stream().noneMatch(SendingIdentity::maySend)) {
            missing.add(Missing.SENDER);
        }
        if (!events.chain.get().complete()) {
            missing.add(Missing.EVENTS);
        }
        if (proof.provenAt.get() == null) {
            missing.add(Missing.PROOF);
        }
        live.lacks(missing);
    }
}
