/*
 * What stands in the edited text besides ordinary HTML: chips for variables, and buttons. Pure functions on nodes.
 */
window.mailroomBlocks = (function () {
    'use strict';

    const CHIP = 'mr-variable';
    const VALUE = 'data-mr-variable';
    const NAME = '[\\p{L}\\p{Nd}_][\\p{L}\\p{M}\\p{Nd}_]*';
    const SPACE = '[\\s\\u00a0\\ufeff]*';
    const VARIABLE = '\\{\\{' + SPACE + '(' + NAME + ')' + SPACE + '(\\|[^{}]*)?\\}\\}';
    const TYPED = new RegExp(VARIABLE + '$', 'u');
    const WHOLE_NAME = new RegExp('^' + NAME + '$', 'u');
    const BLOCK = /^(address|article|blockquote|center|dd|div|dl|dt|fieldset|form|h[1-6]|hr|li|ol|p|pre|section|table|tr|ul)$/i;

    /** What stands between the braces, without white space around the name. */
    function inner(match) {
        return match[1] + (match[2] || '');
    }

    function nameOf(value) {
        const bar = value.indexOf('|');
        return (bar < 0 ? value : value.substring(0, bar)).trim();
    }

    function fallbackOf(value) {
        const bar = value.indexOf('|');
        return bar < 0 ? null : value.substring(bar + 1);
    }

    function isChip(node) {
        return node.nodeType === 1 && node.classList.contains(CHIP);
    }

    /** The chip that a node is or is in; null for none. */
    function chipAt(node) {
        const element = node && node.nodeType === 3 ? node.parentNode : node;
        return element && element.closest ? element.closest('.' + CHIP) : null;
    }

    /** Makes chips of the variables in the text below a node; whether there were any. */
    function chipify(root, makeChip) {
        const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT, {
            acceptNode: function (text) {
                const parent = text.parentNode;
                return text.data.indexOf('{{') < 0 || chipAt(parent) || /^(style|script|textarea|title)$/i.test(parent.nodeName)
                    ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
            }
        });
        const texts = [];
        while (walker.nextNode()) {
            texts.push(walker.currentNode);
        }
        let made = false;
        texts.forEach(function (text) {
            const holder = root.ownerDocument.createElement('template');
            let from = 0;
            for (const match of text.data.matchAll(new RegExp(VARIABLE, 'gu'))) {
                holder.content.append(text.data.substring(from, match.index));
                const piece = root.ownerDocument.createElement('template');
                piece.innerHTML = makeChip(inner(match));
                holder.content.append(piece.content);
                from = match.index + match[0].length;
            }
            if (from > 0) {
                holder.content.append(text.data.substring(from));
                text.parentNode.replaceChild(holder.content, text);
                made = true;
            }
        });
        return made;
    }

    /** The variable that ends where the caret is; null for none. */
    function typedAt(range) {
        const text = range.startContainer;
        if (!range.collapsed || text.nodeType !== 3 || chipAt(text)) {
            return null;
        }
        const match = TYPED.exec(text.data.substring(0, range.startOffset));
        return match ? { node: text, start: match.index, end: range.startOffset, value: inner(match) } : null;
    }

    /** What is kept of nodes when they leave the editor: variables as they are written, images by their names. */
    function portable(holder) {
        holder.querySelectorAll('.' + CHIP).forEach(function (chip) {
            chip.replaceWith('{{' + chip.getAttribute(VALUE) + '}}');
        });
        // The editor's invisible marks beside chips, where a caret can stand.
        const walker = holder.ownerDocument.createTreeWalker(holder, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
            walker.currentNode.data = walker.currentNode.data.replace(/\ufeff/g, '');
        }
        return holder;
    }

    /** The text of nodes that are not shown: a line for each block, tabs between cells. */
    function plain(node) {
        let text = '';
        function newLine() {
            if (text !== '' && !text.endsWith('\n')) {
                text += '\n';
            }
        }
        function visit(current) {
            if (current.nodeType === 3) {
                text += current.data.replace(/[ \t\r\n]+/g, ' ').replace(/\u00a0/g, ' ').replace(/\ufeff/g, '');
            } else if (current.nodeName === 'BR') {
                text += '\n';
            } else if (current.nodeName === 'STYLE' || current.nodeName === 'SCRIPT') {
                return;
            } else {
                const block = BLOCK.test(current.nodeName);
                if (block) {
                    newLine();
                }
                current.childNodes.forEach(visit);
                if (block) {
                    newLine();
                } else if (/^(td|th)$/i.test(current.nodeName) && current.nextElementSibling) {
                    text += '\t';
                }
            }
        }
        visit(node);
        return text.replace(/\n$/, '');
    }

    /** The parts of the button in which a node is; null when it is in none. */
    function buttonAt(node) {
        const element = node && node.nodeType === 3 ? node.parentNode : node;
        const cell = element && element.closest ? element.closest('td') : null;
        const table = cell ? cell.closest('table') : null;
        if (!table || table.querySelectorAll('td,th').length !== 1) {
            return null;
        }
        const links = cell.querySelectorAll('a');
        const link = links.length === 1 ? links[0] : null;
        if (!link || link.querySelector('img') || cell.textContent.trim() !== link.textContent.trim()
                || !/inline-block|block/.test(link.style.display)) {
            return null;
        }
        return { table: table, cell: cell, link: link };
    }

    return {
        CHIP: CHIP,
        VALUE: VALUE,
        isName: function (text) { return WHOLE_NAME.test(text); },
        nameOf: nameOf,
        fallbackOf: fallbackOf,
        isChip: isChip,
        chipAt: chipAt,
        chipify: chipify,
        typedAt: typedAt,
        portable: portable,
        plain: plain,
        buttonAt: buttonAt
    };
}());
