package app.mailroom.ui.results;

import app.mailroom.model.QuarantinedEvent;
import app.mailroom.outcome.QuarantineReview;
import app.mailroom.store.OutcomeStore;
import app.mailroom.ui.common.Background;
import app.mailroom.ui.common.Reload;
import app.mailroom.ui.common.Rows;
import app.mailroom.ui.common.ScreenContext;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.IntConsumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** Events that could not be understood or matched, the newest first. */
final class QuarantineViewModel {
    /** More than this nobody reads one by one. */
    private static final int MOST = 1_000;

    final ObservableList<QuarantinedEvent> events = FXCollections.observableArrayList();
    final BooleanProperty loaded = new SimpleBooleanProperty(false);
    final BooleanProperty busy = new SimpleBooleanProperty(false);

    private final OutcomeStore store;
    private final QuarantineReview review;
    private final Background background;
    private final Reload<List<QuarantinedEvent>> reload;
    private final ObjectMapper mapper = new ObjectMapper();

    QuarantineViewModel(ScreenContext context) {
        this.store = context.features().stores().outcomes();
        this.review = context.features().mailing().quarantine();
        this.background = context.background();
        this.reload = new Reload<>(background, () -> store.quarantined(MOST), now -> {
            Rows.update(events, now, QuarantinedEvent::id);
            loaded.set(true);
        });
    }

    void reload() {
        reload.ask();
    }

    /** Reads all of them once more, for a mailing may be here now that was not; done gets how many are settled. */
    void readAgain(IntConsumer done) {
        busy.set(true);
        background.get(
                () -> review.reread().settled(),
                settled -> {
                    busy.set(false);
                    reload();
                    done.accept(settled);
                },
                failure -> {
                    busy.set(false);
                    background.tell(failure);
                });
    }

    void dismiss(List<QuarantinedEvent> chosen) {
        List<Long> ids = chosen.stream().map(QuarantinedEvent::id).toList();
        background.run(() -> ids.forEach(store::dismiss), this::reload);
    }

    /** The body set out for reading, with the message in a notification's envelope unfolded; as it is when it is no JSON. */
    String setOut(String body) {
        try {
            JsonNode root = mapper.readTree(body);
            if (root instanceof ObjectNode envelope
                    && envelope.path("Message").asText().startsWith("{")) {
                envelope.set("Message", mapper.readTree(envelope.path("Message").asText()));
            }
            return root == null ? body : mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root);
        } catch (JsonProcessingException e) {
            return body;
        }
    }
}
