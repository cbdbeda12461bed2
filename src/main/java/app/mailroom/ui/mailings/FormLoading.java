package app.mailroom.ui.mailings;

import app.mailroom.model.PlanDraft;
import app.mailroom.model.RecipientList;
import app.mailroom.model.Template;
import app.mailroom.model.UsualSender;
import app.mailroom.store.SettingsStore;
import app.mailroom.ui.common.Reload;
import app.mailroom.ui.common.ScreenContext;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import javafx.beans.property.StringProperty;

/**
 * Fills the form of a mailing, from its draft or with what a new mailing usually has, and keeps what can be chosen as it is
 * now. JavaFX thread only.
 */
final class FormLoading {
    private final ScreenContext context;
    private final PlanForm form;
    private final DraftKeeping keeping;
    private final OptionalLong draft;
    private final Reload<Choices> choosing;

    private record Choices(List<Template> templates, List<RecipientList> lists) {}

    private record Start(Choices choices, UsualSender sender, Optional<PlanDraft> draft) {}

    /**
     * Reads nothing yet.
     *
     * @param draft the draft to open; nothing for a new mailing
     */
    FormLoading(ScreenContext context, PlanForm form, DraftKeeping keeping, OptionalLong draft) {
        this.context = context;
        this.form = form;
        this.keeping = keeping;
        this.draft = draft;
        choosing = new Reload<>(context.background(), this::choices, this::offer);
    }

    /**
     * Fills the form.
     *
     * @param opened is told on which step the person was, before the draft that was opened counts as kept
     * @param filled is run at the end
     */
    void fill(Consumer<PlanningStep> opened, Runnable filled) {
        var stores = context.features().stores();
        context.background()
                .get(
                        () -> new Start(
                                choices(),
                                usual(stores.settings()),
                                draft.isPresent() ? stores.drafts().find(draft.getAsLong()) : Optional.empty()),
                        start -> {
                            start.draft()
                                    .ifPresentOrElse(kept -> open(kept, start.choices(), opened), () -> fillNew(start));
                            filled.run();
                        });
    }

    private UsualSender usual(SettingsStore settings) {
        UsualSender usual = context.features().mailing().usualSender();
        return new UsualSender(
                settings.get("ui.from_address").orElse(usual.address()),
                settings.get("ui.from_name").orElse(usual.name()),
                settings.get("ui.reply_to").orElse(usual.replyTo()));
    }

    private void fillNew(Start start) {
        if (draft.isPresent()) {
            keeping.gone();
            context.notices().warn(context.texts().get("planning.draft.gone"));
        }
        keeping.filled(() -> {
            fillIfEmpty(form.fromName, start.sender().name());
            fillIfEmpty(form.fromAddress, start.sender().address());
            fillIfEmpty(form.replyTo, start.sender().replyTo());
            offer(start.choices());
            onlyOne(form.template);
            onlyOne(form.list);
        });
    }

    private void open(PlanDraft kept, Choices choices, Consumer<PlanningStep> opened) {
        form.title.set(kept.title());
        form.fill(kept.form());
        form.attachments.setAll(kept.attachments());
        offer(choices);
        opened.accept(PlanForm.step(kept.form()));
        keeping.opened();
    }

    private static void fillIfEmpty(StringProperty property, String text) {
        if (property.get().isEmpty()) {
            property.set(text);
        }
    }

    private static <T> void onlyOne(PlanForm.Choice<T> choice) {
        if (choice.untouched() && choice.all.size() == 1) {
            choice.chosen.set(choice.all.get(0));
        }
    }

    private Choices choices() {
        var stores = context.features().stores();
        return new Choices(
                stores.templates().list().stream()
                        .filter(one -> !one.archived())
                        .toList(),
                stores.recipients().lists());
    }

    private void offer(Choices now) {
        form.template.offer(now.templates());
        form.list.offer(now.lists());
    }

    /** Looks whether templates and lists are still what they were. */
    void refresh() {
        choosing.ask();
    }
}
