package app.mailroom.ui.mailings;

import app.mailroom.model.Attachment;
import app.mailroom.model.Plan;
import app.mailroom.model.PlanDraft;
import app.mailroom.model.TemplateVersion;
import app.mailroom.store.PlanDraftStore;
import app.mailroom.ui.common.Place;
import app.mailroom.ui.common.ScreenContext;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is done to drafts as a whole: throwing them away, and making one of a mailing that there is. */
final class DraftDeeds {
    private static final Pattern NUMBERED = Pattern.compile("(.*) \\((\\d{1,6})\\)");

    private final ScreenContext context;
    private final PlanDraftStore drafts;

    DraftDeeds(ScreenContext context) {
        this.context = context;
        this.drafts = context.features().stores().drafts();
    }

    /**
     * Throws these away, with a way back as long as the notice stands there.
     *
     * @param changed is run when there are others than before
     */
    void throwAway(List<Long> ids, Runnable changed) {
        if (ids.isEmpty()) {
            return;
        }
        var texts = context.texts();
        context.background()
                .get(
                        () -> {
                            List<PlanDraft> found = ids.stream()
                                    .flatMap(id -> drafts.find(id).stream())
                                    .toList();
                            found.forEach(draft -> drafts.delete(draft.id()));
                            return found;
                        },
                        found -> {
                            changed.run();
                            context.notices()
                                    .done(
                                            texts.get("planning.draft.thrown_away", found.size()),
                                            texts.get("action.undo"),
                                            () -> restore(found, changed));
                        });
    }

    private void restore(List<PlanDraft> thrownAway, Runnable changed) {
        context.background().run(() -> thrownAway.forEach(draft -> drafts.restore(draft)), changed);
    }

    /** Makes a draft of a mailing, with its template in its newest version, and opens it. */
    void another(Plan plan) {
        var stores = context.features().stores();
        context.background()
                .get(
                        () -> {
                            long template = stores.templates()
                                    .version(plan.templateVersionId())
                                    .map(TemplateVersion::templateId)
                                    .orElse(0L);
                            PlanForm form = PlanForm.like(
                                    plan, template, context.features().clock().instant());
                            long id = drafts.create(
                                    next(plan.title()), PlanForm.with(form.texts(), PlanningStep.CONTENT));
                            List<Attachment> files = stores.plans().attachments(plan.id());
                            if (!files.isEmpty()) {
                                drafts.saveAttachments(id, files);
                            }
                            return id;
                        },
                        id -> context.go().accept(new Place.Draft(id)));
    }

    /** The same title with the next number, so that both can be told apart in the list. */
    static String next(String title) {
        Matcher numbered = NUMBERED.matcher(title);
        return numbered.matches()
                ? numbered.group(1) + " (" + (Integer.parseInt(numbered.group(2)) + 1) + ")"
                : title + " (2)";
    }
}
