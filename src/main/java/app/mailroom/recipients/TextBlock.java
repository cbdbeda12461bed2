package app.mailroom.recipients;

import java.util.List;

/** Text by line and column, to be written into a sheet. What is smaller than the block it is to fill is repeated. */
public final class TextBlock {
    private final List<List<String>> lines;
    private final int ownWidth;
    private final int height;
    private final int width;

    private TextBlock(List<List<String>> lines, int ownWidth, int height, int width) {
        this.lines = lines;
        this.ownWidth = ownWidth;
        this.height = height;
        this.width = width;
    }

    /** These lines once. Shorter ones are filled up with empty cells. */
    public static TextBlock of(List<List<String>> lines) {
        int wide = lines.stream().mapToInt(List::size).max().orElse(0);
        return new TextBlock(lines, wide, lines.size(), wide);
    }

    /** One text in every cell of a block. */
    public static TextBlock of(String text, int height, int width) {
        return of(List.of(List.of(text))).repeated(height, width);
    }

    /** The same repeated, and cut, to this height and width. An empty block gives empty cells. */
    public TextBlock repeated(int newHeight, int newWidth) {
        return new TextBlock(lines, ownWidth, newHeight, newWidth);
    }

    /** How many lines it has. */
    public int height() {
        return height;
    }

    /** How many columns it has. */
    public int width() {
        return width;
    }

    /** What stands there, both counted from 0. */
    public String text(int line, int column) {
        if (lines.isEmpty() || ownWidth == 0) {
            return "";
        }
        List<String> cells = lines.get(line % lines.size());
        int at = column % ownWidth;
        return at < cells.size() ? cells.get(at) : "";
    }
}
