package app.mailroom.ui.recipients;

import app.mailroom.model.SheetEdit;
import app.mailroom.model.SheetMark;
import app.mailroom.model.SheetQuery.ColumnFilter;
import app.mailroom.ui.common.Texts;

/** What a sheet and its changes are called. */
final class SheetWords {
    private SheetWords() {}

    /** What was done, as it stands after “Undo:”. */
    static String of(Texts texts, SheetEdit edit) {
        return switch (edit.kind()) {
            case TYPED -> texts.get("sheet.edit.typed");
            case CLEARED -> texts.get("sheet.edit.cleared", edit.rows());
            case CUT -> texts.get("sheet.edit.cut", edit.rows());
            case PASTED -> texts.get("sheet.edit.pasted", edit.rows());
            case FILLED_DOWN -> texts.get("sheet.edit.filled", edit.rows());
            case REPLACED -> texts.get("sheet.edit.replaced", edit.rows());
            case ADDRESSES_MENDED -> texts.get("sheet.edit.mended", edit.rows());
            case ROWS_INSERTED -> texts.get("sheet.edit.inserted", edit.rows());
            case ROWS_DELETED -> texts.get("sheet.edit.deleted", edit.rows());
            case DUPLICATES_REMOVED -> texts.get("sheet.edit.duplicates", edit.rows());
            case SUPPRESSED_REMOVED -> texts.get("sheet.edit.suppressed", edit.rows());
            case COLUMN_INSERTED -> texts.get("sheet.edit.column_inserted", edit.detail());
            case COLUMN_RENAMED -> texts.get("sheet.edit.column_renamed", edit.detail());
            case COLUMN_MOVED -> texts.get("sheet.edit.column_moved", edit.detail());
            case COLUMN_DELETED -> texts.get("sheet.edit.column_deleted", edit.detail());
            case TEMPLATE_CHOSEN -> texts.get("sheet.edit.template");
            case IMPORTED -> texts.get("sheet.edit.imported", edit.rows());
            case MERGED -> texts.get("sheet.edit.merged", edit.rows());
        };
    }

    static String of(Texts texts, SheetMark mark) {
        return switch (mark) {
            case INVALID -> texts.get("sheet.marks.invalid");
            case DUPLICATE -> texts.get("sheet.marks.duplicate");
            case SUPPRESSED -> texts.get("sheet.marks.suppressed");
            case MISSING -> texts.get("sheet.marks.missing");
            case MISTYPED -> texts.get("sheet.marks.mistyped");
        };
    }

    /** What a mark means, in a sentence. */
    static String meaning(Texts texts, SheetMark mark) {
        return switch (mark) {
            case INVALID -> texts.get("sheet.marks.invalid.hint");
            case DUPLICATE -> texts.get("sheet.marks.duplicate.hint");
            case SUPPRESSED -> texts.get("sheet.marks.suppressed.hint");
            case MISSING -> texts.get("sheet.marks.missing.hint");
            case MISTYPED -> texts.get("sheet.marks.mistyped.hint");
        };
    }

    static String of(Texts texts, ColumnFilter filter, String column) {
        return switch (filter.comparison()) {
            case IS -> texts.get("sheet.filter.is", column, filter.text());
            case CONTAINS -> texts.get("sheet.filter.contains", column, filter.text());
            case EMPTY -> texts.get("sheet.filter.empty", column);
            case FILLED -> texts.get("sheet.filter.filled", column);
        };
    }
}
