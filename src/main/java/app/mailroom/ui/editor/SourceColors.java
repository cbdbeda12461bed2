package app.mailroom.ui.editor;

import app.mailroom.ui.common.UiThread;
import app.mailroom.ui.editor.HtmlTokens.Token;
import java.util.Collection;
import java.util.List;
import javafx.animation.PauseTransition;
import javafx.util.Duration;
import org.fxmisc.richtext.CodeArea;
import org.fxmisc.richtext.model.StyleSpansBuilder;
import org.reactfx.collection.LiveList;

/**
 * Colours what is in view of an HTML text: reading the whole of it takes milliseconds, but styling all of it would make
 * typing in a long template stutter. JavaFX thread only.
 */
final class SourceColors {
    private static final Duration REST = Duration.millis(60);
    /** Longer texts, which no mail has, stay plain. In chars. */
    private static final int MOST = 2_000_000;

    private final CodeArea area;
    private final PauseTransition rest = new PauseTransition(REST);
    private List<Token> tokens = List.of();
    private int paintedFrom = -1;
    private int paintedTo = -1;
    private boolean waiting;

    SourceColors(CodeArea area) {
        this.area = area;
        rest.setOnFinished(event -> read());
        area.plainTextChanges().subscribe(change -> {
            // What is painted moves along with the text until it is read again.
            paintedFrom = -1;
            rest.playFromStart();
        });
        LiveList.changesOf(area.getVisibleParagraphs()).subscribe(change -> {
            // It is told in the midst of a layout, in which nothing may be changed.
            if (!waiting) {
                waiting = true;
                UiThread.later(this::paintLater);
            }
        });
    }

    /** Reads the text at once. */
    void read() {
        rest.stop();
        tokens = area.getLength() > MOST ? List.of() : HtmlTokens.of(area.getText());
        paintedFrom = -1;
        UiThread.later(this::paintLater);
    }

    private void paintLater() {
        waiting = false;
        if (rest.getStatus() != PauseTransition.Status.RUNNING) {
            paint();
        }
    }

    private void paint() {
        if (area.getVisibleParagraphs().isEmpty()) {
            return;
        }
        int first = area.firstVisibleParToAllParIndex();
        int last = area.lastVisibleParToAllParIndex();
        if (first < 0 || last < first) {
            // Not laid out yet; its lines coming into view will call again.
            return;
        }
        int from = area.getAbsolutePosition(first, 0);
        int to = area.getAbsolutePosition(last, area.getParagraphLength(last));
        if (to <= from || (from == paintedFrom && to == paintedTo)) {
            return;
        }
        paintedFrom = from;
        paintedTo = to;
        StyleSpansBuilder<Collection<String>> spans = new StyleSpansBuilder<>();
        int at = from;
        for (int i = firstBehind(from); i < tokens.size() && tokens.get(i).start() < to; i++) {
            Token token = tokens.get(i);
            int start = Math.max(from, token.start());
            int end = Math.min(to, token.end());
            spans.add(List.of(), start - at);
            spans.add(List.of(token.kind().styleClass()), end - start);
            at = end;
        }
        spans.add(List.of(), to - at);
        area.setStyleSpans(from, spans.create());
    }

    /** The first token that ends behind a place. */
    private int firstBehind(int place) {
        int low = 0;
        int high = tokens.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (tokens.get(middle).end() <= place) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
