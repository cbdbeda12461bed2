package app.mailroom.ui.mailings;

import app.mailroom.model.Attachment;
import app.mailroom.store.PlanDraftStore;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.UiThread;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.animation.Animation;
import javafx.animation.PauseTransition;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is typed for a mailing as a draft, soon after it is typed. Nothing is kept before the person has changed
 * something, and nothing any more after the mailing was planned. JavaFX thread only.
 */
final class DraftKeeping {
    private static final Duration SOON = Duration.seconds(2);

    /** Whether what is typed would be there again after the window was closed. */
    enum Standing {
        /** Nothing was typed that could be lost. */
        NOTHING,
        KEPT,
        /** It could not be written; the next change tries again. */
        NOT_KEPT
    }

    /** What there is to keep; the step is where the person is, which is no change of the mailing. */
    record Typed(String title, Map<String, String> form, List<Attachment> attachments, PlanningStep step) {
        boolean sameMailing(Typed other) {
            return title.equals(other.title) && form.equals(other.form) && attachments.equals(other.attachments);
        }
    }

    private final ScreenContext context;
    private final PlanDraftStore drafts;
    private final Supplier<Typed> typed;
    private final PauseTransition pause = new PauseTransition(SOON);
    private final ReadOnlyObjectWrapper<Standing> standing = new ReadOnlyObjectWrapper<>(Standing.NOTHING);
    /** What nobody typed: an empty form, or one as the settings fill it. */
    private Typed untouched;

    private @Nullable Typed last;
    private boolean over;
    private volatile boolean closed;
    /** Of the draft, 0 while there is none. Written by the thread that keeps, one piece of work after the other. */
    private volatile long id;

    /**
     * Keeps nothing yet.
     *
     * @param draft the draft that is in the form, if it is one
     * @param typed what is in the form now
     */
    DraftKeeping(ScreenContext context, OptionalLong draft, Supplier<Typed> typed) {
        this.context = context;
        this.drafts = context.features().stores().drafts();
        this.typed = typed;
        this.untouched = typed.get();
        this.id = draft.orElse(0);
        pause.setOnFinished(event -> now());
    }

    ReadOnlyObjectProperty<Standing> standing() {
        return standing.getReadOnlyProperty();
    }

    /** What is in the form now was put there by the program. */
    void filled(Runnable filling) {
        Typed before = typed.get();
        boolean nothingTyped = last == null && before.sameMailing(untouched);
        filling.run();
        if (nothingTyped) {
            untouched = typed.get();
        }
    }

    /** The draft that was opened is in the form. */
    void opened() {
        untouched = typed.get();
        last = untouched;
        standing.set(Standing.KEPT);
    }

    /** The draft that was to be opened is gone, so that this is a new form. */
    void gone() {
        id = 0;
    }

    /** Something may have changed; it is kept soon. */
    void changed() {
        if (!over && pause.getStatus() != Animation.Status.RUNNING) {
            pause.playFromStart();
        }
    }

    /** Keeps it now, off this thread. */
    void now() {
        pause.stop();
        Typed now = typed.get();
        Typed before = last;
        if (over || now.equals(before) || (before == null && now.sameMailing(untouched))) {
            return;
        }
        boolean files = before == null
                ? !now.attachments().isEmpty()
                : !now.attachments().equals(before.attachments());
        last = now;
        context.keep().accept(() -> keep(now, files));
    }

    private void keep(Typed now, boolean files) {
        Map<String, String> form = PlanForm.with(now.form(), now.step());
        if (closed) {
            return;
        }
        try {
            boolean there = id != 0 && drafts.save(id, now.title(), form);
            if (!there) {
                id = drafts.create(now.title(), form);
            }
            if (files || (!there && !now.attachments().isEmpty())) {
                drafts.saveAttachments(id, now.attachments());
            }
            UiThread.later(() -> standing.set(over ? Standing.NOTHING : Standing.KEPT));
        } catch (RuntimeException e) {
            context.background().tell(e);
            UiThread.later(() -> {
                last = null;
                standing.set(Standing.NOT_KEPT);
            });
        }
    }

    /** The number of the draft, if there is one. */
    Optional<Long> draft() {
        return over || id == 0 ? Optional.empty() : Optional.of(id);
    }

    /** Keeps what is typed and goes on with the number of the draft; with none where nothing was typed. */
    void thenWith(Consumer<OptionalLong> next) {
        now();
        context.keep().accept(() -> {
            long draft = id;
            UiThread.later(() -> next.accept(draft == 0 ? OptionalLong.empty() : OptionalLong.of(draft)));
        });
    }

    /** The mailing was planned: there is no draft any more. Any thread. */
    void planned() {
        closed = true;
        context.keep().accept(() -> {
            if (id != 0) {
                drafts.delete(id);
            }
        });
    }

    /** Nothing is to be kept any more. */
    void end() {
        over = true;
        pause.stop();
        standing.set(Standing.NOTHING);
    }
}
