package app.mailroom.ui.mailings;

import app.mailroom.model.Attachment;
import app.mailroom.model.Plan;
import app.mailroom.model.PlanTiming;
import app.mailroom.model.RecipientList;
import app.mailroom.model.Template;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** What a person has typed and chosen for a mailing, right or wrong. */
final class PlanForm {
    private static final String TEMPLATE = "template";
    private static final String LIST = "list";
    /** The id of nothing that there is, though something was chosen. */
    private static final long GONE = Long.MAX_VALUE / 10;
    /** Follows the name of a choice; under it stands what the chosen one was called. */
    private static final String NAME = "_name";

    private static final String FROM_NAME = "from_name";
    private static final String FROM_ADDRESS = "from_address";
    private static final String REPLY_TO = "reply_to";
    private static final String TRACKED = "tracked";
    private static final String STEP = "step";

    final StringProperty title = new SimpleStringProperty("");
    final StringProperty fromName = new SimpleStringProperty("");
    final StringProperty fromAddress = new SimpleStringProperty("");
    final StringProperty replyTo = new SimpleStringProperty("");
    final Choice<Template> template = new Choice<>(TEMPLATE, Template::id, Template::name);
    final Choice<RecipientList> list = new Choice<>(LIST, RecipientList::id, RecipientList::name);
    final BooleanProperty tracked = new SimpleBooleanProperty(true);
    final ObservableList<Attachment> attachments = FXCollections.observableArrayList();
    final TimingModel timing;

    PlanForm(TimingModel timing) {
        this.timing = timing;
    }

    /** One of several things that are kept, and what becomes of the choice when that thing is deleted. */
    static final class Choice<T> {
        final ObjectProperty<@Nullable T> chosen = new SimpleObjectProperty<>();
        /** What the chosen one was called, if it is gone; empty otherwise. */
        final StringProperty lost = new SimpleStringProperty("");

        final ObservableList<T> all = FXCollections.observableArrayList();
        private final String key;
        private final ToLongFunction<T> id;
        private long wanted;
        private String wantedName = "";

        Choice(String key, ToLongFunction<T> id, Function<T, String> name) {
            this.key = key;
            this.id = id;
            chosen.addListener((property, before, now) -> {
                if (now != null) {
                    wanted = id.applyAsLong(now);
                    wantedName = name.apply(now);
                    lost.set("");
                }
            });
        }

        /** Takes what there is now; the chosen one stays chosen as long as it is among them. */
        void offer(List<T> now) {
            long before = wanted;
            T kept = now.stream()
                    .filter(one -> id.applyAsLong(one) == before)
                    .findFirst()
                    .orElse(null);
            if (!all.equals(now)) {
                all.setAll(now);
            }
            if (!Objects.equals(chosen.get(), kept)) {
                chosen.set(kept);
            }
            lost.set(kept == null ? wantedName : "");
        }

        /** Whether nothing is chosen and nothing was. */
        boolean untouched() {
            return wanted == 0;
        }

        private void write(Map<String, String> texts) {
            if (wanted != 0) {
                texts.put(key, Long.toString(wanted));
                texts.put(key + NAME, wantedName);
            }
        }

        private void read(Map<String, String> texts) {
            String number = texts.getOrDefault(key, "");
            wanted = number.matches("[0-9]{1,18}") ? Long.parseLong(number) : 0;
            wantedName = texts.getOrDefault(key + NAME, "");
        }
    }

    /** Everything whose change is a change of the form. */
    List<Observable> inputs() {
        List<Observable> inputs = new ArrayList<>(List.of(timing.inputs()));
        inputs.addAll(List.of(
                title,
                fromName,
                fromAddress,
                replyTo,
                template.chosen,
                template.lost,
                list.chosen,
                list.lost,
                tracked,
                attachments));
        return inputs;
    }

    /** Everything but the title and the attachments as texts, so that it can be kept. */
    Map<String, String> texts() {
        Map<String, String> texts = new HashMap<>(timing.texts());
        template.write(texts);
        list.write(texts);
        texts.put(FROM_NAME, fromName.get());
        texts.put(FROM_ADDRESS, fromAddress.get());
        texts.put(REPLY_TO, replyTo.get());
        texts.put(TRACKED, Boolean.toString(tracked.get()));
        return texts;
    }

    /** Takes what was kept; what the texts do not name stays as it is. Choices are made when they are offered. */
    void fill(Map<String, String> texts) {
        timing.fill(texts);
        template.read(texts);
        list.read(texts);
        fromName.set(texts.getOrDefault(FROM_NAME, fromName.get()));
        fromAddress.set(texts.getOrDefault(FROM_ADDRESS, fromAddress.get()));
        replyTo.set(texts.getOrDefault(REPLY_TO, replyTo.get()));
        tracked.set(Boolean.parseBoolean(texts.getOrDefault(TRACKED, Boolean.toString(tracked.get()))));
    }

    /** The texts with the step that was in view. */
    static Map<String, String> with(Map<String, String> texts, PlanningStep step) {
        Map<String, String> all = new HashMap<>(texts);
        all.put(STEP, step.name());
        return all;
    }

    /** The step that was in view when these texts were kept. */
    static PlanningStep step(Map<String, String> texts) {
        String name = texts.getOrDefault(STEP, "");
        return Stream.of(PlanningStep.values())
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElse(PlanningStep.CONTENT);
    }

    /** What the list was called when these texts were kept; empty where none was chosen. */
    static String listName(Map<String, String> texts) {
        return texts.getOrDefault(LIST + NAME, "");
    }

    /** The form of another mailing like this one, which begins now. */
    static PlanForm like(Plan plan, long templateId, Instant now) {
        PlanForm form = new PlanForm(new TimingModel(now));
        form.timing.fill(new PlanTiming(now, plan.zone(), plan.rules()), now);
        form.template.wanted = templateId;
        form.list.wanted = plan.listId() == null ? GONE : plan.listId();
        form.list.wantedName = plan.listName();
        form.fromName.set(plan.fromName());
        form.fromAddress.set(plan.fromAddress());
        form.replyTo.set(plan.replyTo());
        form.tracked.set(plan.tracked());
        return form;
    }
}
