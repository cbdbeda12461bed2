package app.mailroom.ui.common;

import java.time.DateTimeException;
import java.time.LocalDate;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.StringProperty;
import javafx.scene.control.DatePicker;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/** A field for a date that leaves what was typed where it is when it is no date. JavaFX's own puts it away. */
public final class DateField {
    private final DatePicker picker = new DatePicker();
    private final StringConverter<@Nullable LocalDate> usual = picker.getConverter();
    private final ObjectProperty<@Nullable LocalDate> date;
    private final StringProperty unread;
    /** Whether the field has just been read, after which it empties itself. */
    private boolean reading;

    /**
     * Over a date and what stands in its place.
     *
     * @param date null while no date stands in the field
     * @param unread what was typed and is no date; empty otherwise
     */
    public DateField(ObjectProperty<@Nullable LocalDate> date, StringProperty unread) {
        this.date = date;
        this.unread = unread;
        picker.setConverter(new StringConverter<>() {
            @Override
            public String toString(@Nullable LocalDate shown) {
                return usual.toString(shown);
            }

            @Override
            public @Nullable LocalDate fromString(@Nullable String typed) {
                return read(typed == null ? "" : typed);
            }
        });
        picker.valueProperty().bindBidirectional(date);
        date.addListener((property, before, now) -> {
            if (now != null) {
                unread.set("");
            }
        });
        unread.addListener((property, before, now) -> UiThread.later(this::putBack));
        picker.getEditor().textProperty().addListener((property, before, now) -> {
            if (now.isEmpty()) {
                emptied();
            }
        });
    }

    /** The field. */
    public DatePicker node() {
        return picker;
    }

    private @Nullable LocalDate read(String typed) {
        try {
            LocalDate read = usual.fromString(typed);
            unread.set("");
            return read;
        } catch (DateTimeException e) {
            unread.set(typed);
            reading = true;
            UiThread.later(() -> {
                reading = false;
                putBack();
            });
            return null;
        }
    }

    private void emptied() {
        if (picker.isFocused() && !reading) {
            unread.set("");
        } else {
            UiThread.later(this::putBack);
        }
    }

    private void putBack() {
        if (date.get() == null && picker.getEditor().getText().isEmpty()) {
            picker.getEditor().setText(unread.get());
        }
    }
}
