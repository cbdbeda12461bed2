package app.mailroom.ui.editor;

import app.mailroom.ui.common.Texts;
import java.util.Map;

/** What the program's own parts of the editor say; TinyMCE's own words in Korean are in editor-ko.js. */
final class EditorTexts {
    private EditorTexts() {}

    /** The texts by the names under which the page's script asks for them. */
    static Map<String, String> of(Texts texts) {
        return Map.ofEntries(
                Map.entry("variable", texts.get("editor.variable")),
                Map.entry("variableHint", texts.get("editor.variable.hint")),
                Map.entry("variableName", texts.get("editor.variable.name")),
                Map.entry("variableNameWrong", texts.get("editor.variable.name.wrong")),
                Map.entry("variableFallback", texts.get("editor.variable.fallback")),
                Map.entry("variableFallbackWrong", texts.get("editor.variable.fallback.wrong")),
                Map.entry("variableFallbackIs", texts.get("editor.variable.fallback.is")),
                Map.entry("newVariable", texts.get("editor.variable.new")),
                Map.entry("newVariableMenu", texts.get("editor.variable.new.menu")),
                Map.entry("newVariableNamed", texts.get("editor.variable.new.named")),
                Map.entry("button", texts.get("editor.button")),
                Map.entry("buttonText", texts.get("editor.button.text")),
                Map.entry("buttonTextMissing", texts.get("editor.button.text.missing")),
                Map.entry("buttonLink", texts.get("editor.button.link")),
                Map.entry("buttonColor", texts.get("editor.button.color")),
                Map.entry("buttonTextColor", texts.get("editor.button.text.color")),
                Map.entry("buttonCorners", texts.get("editor.button.corners")),
                Map.entry("cornersSquare", texts.get("editor.button.corners.square")),
                Map.entry("cornersRounded", texts.get("editor.button.corners.rounded")),
                Map.entry("cornersRound", texts.get("editor.button.corners.round")),
                Map.entry("image", texts.get("editor.image")),
                Map.entry("imageFromFile", texts.get("editor.image.file")),
                Map.entry("imageFromAddress", texts.get("editor.image.web")),
                Map.entry("imageProperties", texts.get("editor.image.properties")),
                Map.entry("imageAlt", texts.get("editor.image.alt")),
                Map.entry("imageAltHint", texts.get("editor.image.alt.hint")),
                Map.entry("imageSize", texts.get("editor.image.size")),
                Map.entry("imageAddress", texts.get("editor.image.address")),
                Map.entry("indents", texts.get("editor.indents")),
                Map.entry("fullScreen", texts.get("editor.full")),
                Map.entry("fontGothic", texts.get("editor.font.gothic")),
                Map.entry("fontNanum", texts.get("editor.font.nanum")),
                Map.entry("fontMyeongjo", texts.get("editor.font.myeongjo")));
    }
}
