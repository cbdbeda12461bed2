package app.mailroom.ui.mailings;

import app.mailroom.model.Attachment;
import app.mailroom.model.Refusal;
import app.mailroom.plan.PlanReview;
import app.mailroom.plan.PlanReview.Contents;
import app.mailroom.plan.PlanReview.Mail;
import app.mailroom.store.ApprovalException;
import app.mailroom.ui.common.Background;
import app.mailroom.ui.common.Features;
import app.mailroom.ui.common.Reload;
import app.mailroom.ui.common.ScreenContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/** What goes out of a mailing, and what whoever looks at it decides. */
final class ReviewModel {
    private static final int MAILS = 20;

    /** All that is shown beside the mails, and why the person may not approve it, if so. */
    record Shown(Contents contents, Optional<Refusal> refusal) {}

    /**
     * Some of its mails.
     *
     * @param more whether others follow
     */
    record Mails(List<Mail> mails, boolean more) {}

    private record Wanted(String addressContains, long afterId) {}

    final ObjectProperty<@Nullable Shown> shown = new SimpleObjectProperty<>();
    final ObjectProperty<@Nullable Mails> mails = new SimpleObjectProperty<>();
    /** Something is being kept. */
    final BooleanProperty busy = new SimpleBooleanProperty();
    /** It was changed while the person looked, so that what is shown is new. */
    final BooleanProperty changedMeanwhile = new SimpleBooleanProperty();

    private final ScreenContext context;
    private final Features.Mailing mailing;
    private final PlanReview review;
    private final long planId;
    private final Reload<Mails> reading;
    private volatile Wanted wanted = new Wanted("", 0);

    ReviewModel(ScreenContext context, long planId) {
        this.context = context;
        this.mailing = context.features().mailing();
        this.review = mailing.beforeAndAfter().review();
        this.planId = planId;
        this.reading = new Reload<>(context.background(), this::read, mails::set);
    }

    /** Looks at it anew. What is shown is approved, and nothing that comes later. */
    void load() {
        context.background()
                .get(
                        () -> review.contents(planId)
                                .map(contents -> new Shown(
                                        contents,
                                        mailing.control()
                                                .approvalRefusal(
                                                        contents.overview().plan()))),
                        found -> found.ifPresent(now -> {
                            shown.set(now);
                            // After what the fingerprint stands for, so that no mail is older than that.
                            reading.ask();
                        }));
    }

    /** Looks at it anew if its messages were still being made, for until they are it cannot be approved. */
    void lookAgain() {
        Shown now = shown.get();
        if (now != null && now.contents().overview().plan().frozenAt() == null && !busy.get()) {
            load();
        }
    }

    /** Shows the first mails to addresses in which this is; blank for all. */
    void search(String addressContains) {
        wanted = new Wanted(addressContains.strip(), 0);
        reading.ask();
    }

    /** Shows those that follow the ones in view. */
    void next() {
        Mails now = mails.get();
        if (now != null && now.more()) {
            wanted = new Wanted(
                    wanted.addressContains(),
                    now.mails().get(now.mails().size() - 1).messageId());
            reading.ask();
        }
    }

    /** Shows the first again. */
    void first() {
        wanted = new Wanted(wanted.addressContains(), 0);
        reading.ask();
    }

    private Mails read() {
        Wanted now = wanted;
        List<Mail> found = review.mails(planId, now.addressContains(), now.afterId(), MAILS);
        return new Mails(found, found.size() == MAILS);
    }

    /** Whether the person may press the button now. */
    boolean approvable() {
        Shown now = shown.get();
        return now != null
                && mails.get() != null
                && !busy.get()
                && now.refusal().isEmpty()
                && now.contents().overview().plan().awaitsApproval()
                && now.contents().overview().plan().frozenAt() != null;
    }

    /** Lets go out what is shown, and runs this afterwards. */
    void approve(Runnable done) {
        Shown now = shown.get();
        if (now != null && approvable()) {
            keep(() -> mailing.control().approve(planId, now.contents().fingerprint()), done);
        }
    }

    /** Tells whoever planned it why it does not. */
    void decline(String words, Runnable done) {
        keep(() -> mailing.control().decline(planId, words), done);
    }

    private void keep(Background.Work work, Runnable done) {
        busy.set(true);
        context.background()
                .run(
                        work,
                        () -> {
                            busy.set(false);
                            done.run();
                        },
                        failure -> {
                            busy.set(false);
                            boolean changed = failure instanceof ApprovalException refused
                                    && refused.code() == ApprovalException.Code.CHANGED_MEANWHILE;
                            changedMeanwhile.set(changed);
                            if (!changed) {
                                context.background().tell(failure);
                            }
                            load();
                        });
    }

    /** Writes a file that goes with each mail, so that it can be looked at. */
    void save(Attachment file, Path to) {
        context.background().run(() -> Files.write(to, file.content()), () -> {});
    }
}
