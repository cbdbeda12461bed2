package app.mailroom.template;

import com.helger.css.decl.AbstractHasTopLevelRules;
import com.helger.css.decl.CSSDeclaration;
import com.helger.css.decl.CSSImportRule;
import com.helger.css.decl.CSSNamespaceRule;
import com.helger.css.decl.CSSSelector;
import com.helger.css.decl.CSSSelectorAttribute;
import com.helger.css.decl.CSSSelectorSimpleMember;
import com.helger.css.decl.CSSStyleRule;
import com.helger.css.decl.CascadingStyleSheet;
import com.helger.css.decl.ECSSSelectorCombinator;
import com.helger.css.decl.ICSSSelectorMember;
import com.helger.css.decl.ICSSTopLevelRule;
import com.helger.css.handler.DoNothingCSSParseExceptionCallback;
import com.helger.css.reader.CSSReader;
import com.helger.css.reader.CSSReaderSettings;
import com.helger.css.reader.errorhandler.CollectingCSSParseErrorHandler;
import com.helger.css.reader.errorhandler.DoNothingCSSInterpretErrorHandler;
import com.helger.css.writer.CSSWriter;
import com.helger.css.writer.CSSWriterSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.jsoup.select.Selector;

/**
 * Moves the rules of style elements into style attributes, because many mail programs read nothing else. At-rules, rules with
 * pseudo classes and rules that select nothing stay in one style element; a style element that cannot be read stays untouched.
 *
 * <p>Not guaranteed: the exact cascade between a rule that stays and one of equal weight that was moved; class names that differ
 * only in case are taken for one.
 */
final class StyleInliner {

    private static final CSSWriterSettings WRITING = new CSSWriterSettings(false).setQuoteURLs(true);

    /** What one selector gives to the elements that it selects. */
    private record Rule(int specificity, List<Declaration> declarations) {}

    private record Declaration(String property, String text, boolean important) {}

    private final Document document;
    private final IdentityHashMap<Element, List<Rule>> rulesByElement = new IdentityHashMap<>();
    private final List<Element> styled = new ArrayList<>();
    private final List<CSSStyleRule> unmovedRules = new ArrayList<>();

    /** Values may fill class or id, so which rules will match is not known yet: the rules stay available. */
    private final boolean classesVary;

    private StyleInliner(Document document) {
        this.document = document;
        this.classesVary = document.getAllElements().stream().anyMatch(StyleInliner::hasVaryingClass);
    }

    static void inline(Document document) {
        new StyleInliner(document).run();
    }

    private void run() {
        CascadingStyleSheet staying = new CascadingStyleSheet();
        List<Element> read = new ArrayList<>();
        for (Element style : document.select("style")) {
            if (!appliesEverywhere(style)) {
                continue;
            }
            Optional<CascadingStyleSheet> sheet = parse(style.data());
            if (sheet.isPresent()) {
                read.add(style);
                distribute(sheet.get(), staying);
            }
        }
        unmovedRules.forEach(this::keepWinning);
        for (ICSSTopLevelRule rule : staying.getAllRules()) {
            if (rule instanceof AbstractHasTopLevelRules atRule) {
                keepWinning(atRule);
            }
        }
        styled.forEach(this::writeStyleAttribute);
        for (int i = 0; i < read.size(); i++) {
            Element style = read.get(i);
            boolean last = i == read.size() - 1;
            if (last && (staying.hasRules() || staying.hasImportRules() || staying.hasNamespaceRules())) {
                style.empty();
                style.appendChild(new DataNode(new CSSWriter(WRITING.getClone())
                        .setWriteHeaderText(false)
                        .getCSSAsString(staying)
                        .strip()));
                if (style.closest("head") == null) {
                    // Some mail programs read style elements only there.
                    document.head().appendChild(style);
                }
            } else {
                style.remove();
            }
        }
    }

    private static boolean appliesEverywhere(Element style) {
        String media = style.attr("media").trim().toLowerCase(Locale.ROOT);
        String type = style.attr("type").trim().toLowerCase(Locale.ROOT);
        return (media.isEmpty() || media.equals("all") || media.equals("screen"))
                && (type.isEmpty() || type.equals("text/css"))
                && style.closest("svg, math, template") == null
                && !style.data().isBlank();
    }

    private static Optional<CascadingStyleSheet> parse(String css) {
        CollectingCSSParseErrorHandler errors = new CollectingCSSParseErrorHandler();
        CSSReaderSettings settings = new CSSReaderSettings()
                .setCustomErrorHandler(errors)
                .setCustomExceptionHandler(new DoNothingCSSParseExceptionCallback())
                .setInterpretErrorHandler(new DoNothingCSSInterpretErrorHandler())
                .setKeepDeprecatedProperties(true)
                .setBrowserCompliantMode(false);
        try {
            CascadingStyleSheet sheet = CSSReader.readFromStringReader(css, settings);
            return errors.hasParseErrors() ? Optional.empty() : Optional.ofNullable(sheet);
        } catch (RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    private void distribute(CascadingStyleSheet sheet, CascadingStyleSheet staying) {
        for (CSSImportRule rule : sheet.getAllImportRules()) {
            staying.addImportRule(rule);
        }
        for (CSSNamespaceRule rule : sheet.getAllNamespaceRules()) {
            staying.addNamespaceRule(rule);
        }
        for (ICSSTopLevelRule rule : sheet.getAllRules()) {
            if (rule instanceof CSSStyleRule styleRule) {
                distribute(styleRule, staying);
            } else {
                staying.addRule(rule);
            }
        }
    }

    private void distribute(CSSStyleRule rule, CascadingStyleSheet staying) {
        List<Declaration> declarations = new ArrayList<>();
        for (CSSDeclaration declaration : rule.getAllDeclarations()) {
            declarations.add(new Declaration(
                    propertyKey(declaration.getProperty()),
                    declaration.getAsCSSString(WRITING, 0),
                    declaration.isImportant()));
        }
        CSSStyleRule unmoved = new CSSStyleRule();
        CSSStyleRule copied = new CSSStyleRule();
        for (CSSSelector selector : rule.getAllSelectors()) {
            Optional<Elements> selected = selected(selector);
            if (selected.isEmpty()) {
                unmoved.addSelector(selector);
            } else if (classesVary || selected.get().isEmpty()) {
                // What selects nothing here is often meant for elements that a mail program wraps around the message.
                copied.addSelector(selector);
            }
            for (Element element : selected.orElseGet(Elements::new)) {
                if (isVisible(element) && !hasVaryingClass(element)) {
                    rulesByElement
                            .computeIfAbsent(element, e -> {
                                styled.add(e);
                                return new ArrayList<>();
                            })
                            .add(new Rule(specificity(selector), declarations));
                }
            }
        }
        if (copied.hasSelectors()) {
            rule.getAllDeclarations().forEach(copied::addDeclaration);
            staying.addRule(copied);
        }
        if (unmoved.hasSelectors()) {
            for (CSSDeclaration declaration : rule.getAllDeclarations()) {
                unmoved.addDeclaration(new CSSDeclaration(
                        declaration.getProperty(), declaration.getExpression(), declaration.isImportant()));
            }
            staying.addRule(unmoved);
            unmovedRules.add(unmoved);
        }
    }

    /**
     * A rule that stays was to win over rules that have now become style attributes, say on narrow screens. There only
     * {@code !important} wins, so its declarations get that where they need it.
     */
    private void keepWinning(AbstractHasTopLevelRules atRule) {
        for (ICSSTopLevelRule rule : atRule.getAllRules()) {
            if (rule instanceof AbstractHasTopLevelRules nested) {
                keepWinning(nested);
            } else if (rule instanceof CSSStyleRule styleRule) {
                keepWinning(styleRule);
            }
        }
    }

    private void keepWinning(CSSStyleRule rule) {
        for (CSSDeclaration declaration : rule.getAllDeclarations()) {
            String property = propertyKey(declaration.getProperty());
            if (rule.getAllSelectors().stream().anyMatch(selector -> wonOverMoved(selector, property))) {
                declaration.setImportant(true);
            }
        }
    }

    private boolean wonOverMoved(CSSSelector selector, String property) {
        StringBuilder withoutPseudo = new StringBuilder();
        for (ICSSSelectorMember member : selector.getAllMembers()) {
            boolean plain = member instanceof ECSSSelectorCombinator
                    || member instanceof CSSSelectorAttribute
                    || (member instanceof CSSSelectorSimpleMember simple && !simple.isPseudo());
            withoutPseudo.append(plain ? member.getAsCSSString(WRITING, 0) : "");
        }
        Elements selected;
        try {
            selected = document.select(withoutPseudo.isEmpty() ? "*" : withoutPseudo.toString());
        } catch (Selector.SelectorParseException | IllegalArgumentException notSelectable) {
            return false;
        }
        return selected.stream().anyMatch(element -> {
            boolean authorsOwn =
                    declarationsOf(element.attr("style")).stream().anyMatch(d -> related(d.property(), property));
            int strongest = rulesByElement.getOrDefault(element, List.of()).stream()
                    .filter(r -> r.declarations().stream().anyMatch(d -> related(d.property(), property)))
                    .mapToInt(Rule::specificity)
                    .max()
                    .orElse(Integer.MAX_VALUE);
            return !authorsOwn && strongest <= specificity(selector);
        });
    }

    /** Whether one property is the other or a part of it, as margin-top is of margin. */
    private static boolean related(String one, String other) {
        return one.equals(other) || one.startsWith(other + "-") || other.startsWith(one + "-");
    }

    private static boolean isVisible(Element element) {
        return !element.normalName().matches("head|title|meta|link|base|style|script")
                && element.closest("head") == null;
    }

    private static boolean hasVaryingClass(Element element) {
        return (element.attr("class") + element.attr("id")).indexOf(VariableScan.OPEN) >= 0;
    }

    private Optional<Elements> selected(CSSSelector selector) {
        for (ICSSSelectorMember member : selector.getAllMembers()) {
            boolean plain = member instanceof ECSSSelectorCombinator
                    || (member instanceof CSSSelectorAttribute attribute && attribute.getCaseSensitivityFlag() == null)
                    || (member instanceof CSSSelectorSimpleMember simple && !simple.isPseudo());
            if (!plain) {
                return Optional.empty();
            }
        }
        String text = selector.getAsCSSString(WRITING, 0);
        if (text.indexOf('|') >= 0 && !text.contains("|=")) {
            return Optional.empty();
        }
        try {
            return Optional.of(document.select(text));
        } catch (Selector.SelectorParseException | IllegalArgumentException notSelectable) {
            return Optional.empty();
        }
    }

    /** Ids count ten thousand, classes and attributes a hundred, element names one. */
    private static int specificity(CSSSelector selector) {
        int sum = 0;
        for (ICSSSelectorMember member : selector.getAllMembers()) {
            if (member instanceof CSSSelectorAttribute) {
                sum += 100;
            } else if (member instanceof CSSSelectorSimpleMember simple) {
                if (simple.isHash()) {
                    sum += 10_000;
                } else if (simple.isClass()) {
                    sum += 100;
                } else if (!simple.getValue().endsWith("*")) {
                    sum += 1;
                }
            }
        }
        return sum;
    }

    /** Writes the declarations in the order of the cascade, so that a later shorthand still covers an earlier property. */
    private void writeStyleAttribute(Element element) {
        List<Rule> rules = new ArrayList<>(rulesByElement.getOrDefault(element, List.of()));
        rules.sort(Comparator.comparingInt(Rule::specificity));
        rules.add(new Rule(Integer.MAX_VALUE, declarationsOf(element.attr("style"))));
        List<Declaration> winning = new ArrayList<>();
        for (boolean important : new boolean[] {false, true}) {
            for (Rule rule : rules) {
                List<Declaration> next = rule.declarations().stream()
                        .filter(d -> d.important() == important)
                        .toList();
                // Within one rule a property may stand twice, the first time for mail programs that know no better.
                winning.removeIf(old -> next.stream().anyMatch(d -> d.property().equals(old.property())));
                winning.addAll(next);
            }
        }
        StringBuilder style = new StringBuilder();
        for (Declaration declaration : winning) {
            style.append(style.isEmpty() ? "" : " ").append(declaration.text()).append(';');
        }
        if (!style.isEmpty()) {
            element.attr("style", style.toString());
        }
    }

    /** The declarations of a style attribute, cut outside quotes and brackets and otherwise as they are written. */
    private static List<Declaration> declarationsOf(String style) {
        List<Declaration> declarations = new ArrayList<>();
        int depth = 0;
        char quote = 0;
        int from = 0;
        for (int i = 0; i <= style.length(); i++) {
            char c = i < style.length() ? style.charAt(i) : ';';
            if (i == style.length() || (c == ';' && depth == 0 && quote == 0)) {
                addDeclaration(declarations, style.substring(from, i));
                from = i + 1;
            } else if (c == '\\') {
                i++;
            } else if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && depth > 0) {
                depth--;
            }
        }
        return declarations;
    }

    private static void addDeclaration(List<Declaration> declarations, String text) {
        String declaration = text.strip();
        if (!declaration.isEmpty()) {
            int colon = declaration.indexOf(':');
            String property = colon < 0 ? declaration : declaration.substring(0, colon);
            boolean important = declaration.toLowerCase(Locale.ROOT).matches("(?s).*!\\s*important");
            declarations.add(new Declaration(propertyKey(property), declaration, important));
        }
    }

    /** Names of custom properties keep their case. */
    private static String propertyKey(String property) {
        String name = property.strip();
        return name.startsWith("--") ? name : name.toLowerCase(Locale.ROOT);
    }
}
