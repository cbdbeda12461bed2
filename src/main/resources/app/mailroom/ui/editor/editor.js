/*
 * TinyMCE as the program uses it. Java calls the functions named mailroom…; what the person does goes to the object
 * "mailroom", see EditorBridge.
 */
(function () {
    'use strict';

    const blocks = window.mailroomBlocks;
    const dialogs = window.mailroomDialogs;
    const STYLES = 'mr-template-styles';
    const IMAGE_NAME = 'data-mr-src';
    /** Stands for the data of an image whose name says which it is. */
    const NOTHING = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=';
    const texts = {};
    let editor = null;
    let names = [];
    let filling = false;
    let full = false;
    let originalStyles = false;

    const PALETTE = [
        '#000000', 'Black', '#24292f', 'Dark gray', '#57606a', 'Gray', '#d0d7de', 'Light gray', '#f6f8fa', 'Pale gray', '#ffffff', 'White',
        '#cf222e', 'Red', '#bc4c00', 'Orange', '#bf8700', 'Yellow', '#1a7f37', 'Green', '#0969da', 'Blue', '#8250df', 'Purple',
        '#ffebe9', 'Pale red', '#fff1e5', 'Pale orange', '#fff8c5', 'Pale yellow', '#dafbe1', 'Pale green', '#ddf4ff', 'Pale blue', '#fbefff', 'Pale purple'
    ];

    /** What marketing mails have use for, out of the hundreds that there are. */
    const CHARACTERS = [
        ['©', 'Copyright'], ['®', 'Registered'], ['™', 'Trade mark'], ['€', 'Euro'],
        ['£', 'Pound'], ['¥', 'Yen'], ['₩', 'Won'], ['§', 'Section'],
        ['¶', 'Paragraph sign'], ['•', 'Bullet'], ['·', 'Middle dot'], ['…', 'Ellipsis'],
        ['–', 'Short dash'], ['—', 'Long dash'], ['«', 'Left guillemet'], ['»', 'Right guillemet'],
        ['“', 'Left quote'], ['”', 'Right quote'], ['‘', 'Left single quote'], ['’', 'Right single quote'],
        ['「', 'Left corner bracket'], ['」', 'Right corner bracket'], ['←', 'Left arrow'], ['↑', 'Up arrow'],
        ['→', 'Right arrow'], ['↓', 'Down arrow'], ['✓', 'Check mark'], ['★', 'Black star'],
        ['☆', 'White star'], ['●', 'Black circle'], ['■', 'Black square'], ['▶', 'Black triangle'],
        ['♥', 'Heart'], ['×', 'Times'], ['÷', 'Divide'], ['±', 'Plus or minus'],
        ['°', 'Degree'], ['½', 'One half'], ['¼', 'One quarter'], ['¾', 'Three quarters'],
        ['☎', 'Telephone'], ['✉', 'Envelope']
    ];

    const ICONS = {
        'mr-variable': '<svg width="24" height="24" viewBox="0 0 24 24"><path d="M8.5 5H8a2 2 0 0 0-2 2v3a2 2 0 0 1-2 2 2 2 0 0 1 2 2v3a2 2 0 0 0 2 2h.5M15.5 5h.5a2 2 0 0 1 2 2v3a2 2 0 0 0 2 2 2 2 0 0 0-2 2v3a2 2 0 0 1-2 2h-.5" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round"/><circle cx="12" cy="12" r="1.6" fill="currentColor"/></svg>',
        'mr-button': '<svg width="24" height="24" viewBox="0 0 24 24"><rect x="3" y="7" width="18" height="10" rx="3" fill="none" stroke="currentColor" stroke-width="1.8"/><path d="M8 12h8" stroke="currentColor" stroke-width="1.8" stroke-linecap="round"/></svg>'
    };

    function bridge() {
        return window.mailroom;
    }

    function changed() {
        if (!filling && editor) {
            bridge().changed();
        }
    }

    function body() {
        return editor.getBody();
    }

    function escaped(text) {
        return editor.dom.encode(text);
    }

    function makeChip(value) {
        return String(bridge().chip(value));
    }

    /** Runs a change as one step to undo, and says that there was one. */
    function change(work) {
        editor.undoManager.transact(work);
        editor.nodeChanged();
        changed();
    }

    /* ---- variables ---- */

    function knownNames() {
        const known = new Map();
        names.forEach(function (name) { known.set(name.toLowerCase(), name); });
        body().querySelectorAll('.' + blocks.CHIP).forEach(function (chip) {
            const name = blocks.nameOf(chip.getAttribute(blocks.VALUE) || '');
            if (name !== '' && !known.has(name.toLowerCase())) {
                known.set(name.toLowerCase(), name);
            }
        });
        return Array.from(known.values());
    }

    function insertChip(value) {
        editor.focus();
        change(function () {
            editor.insertContent(makeChip(value));
        });
    }

    function newVariable() {
        dialogs.variable(editor, texts, null, insertChip);
    }

    function editChip(chip) {
        dialogs.variable(editor, texts, chip.getAttribute(blocks.VALUE), function (value) {
            change(function () {
                const holder = chip.ownerDocument.createElement('template');
                holder.innerHTML = makeChip(value);
                const next = holder.content.firstElementChild;
                chip.replaceWith(next);
                editor.selection.select(next);
            });
        });
    }

    function chipWhatWasTyped() {
        const typed = blocks.typedAt(editor.selection.getRng());
        if (typed) {
            change(function () {
                const range = editor.dom.createRng();
                range.setStart(typed.node, typed.start);
                range.setEnd(typed.node, typed.end);
                editor.selection.setRng(range);
                editor.insertContent(makeChip(typed.value));
            });
        }
    }

    function addVariables() {
        editor.ui.registry.addMenuButton('mrvariable', {
            text: texts.variable,
            tooltip: texts.variableHint,
            fetch: function (show) {
                const items = knownNames().map(function (name) {
                    return { type: 'menuitem', text: name, onAction: function () { insertChip(name); } };
                });
                if (items.length > 0) {
                    items.push({ type: 'separator' });
                }
                items.push({ type: 'menuitem', text: texts.newVariableMenu, onAction: newVariable });
                show(items);
            }
        });
        editor.ui.registry.addAutocompleter('mrvariables', {
            trigger: '{{',
            minChars: 0,
            columns: 1,
            maxResults: 12,
            matches: function () { return true; },
            fetch: function (pattern) {
                const wanted = pattern.trim().toLowerCase();
                const found = knownNames().filter(function (name) { return name.toLowerCase().indexOf(wanted) >= 0; });
                const items = found.map(function (name) { return { type: 'autocompleteitem', value: name, text: name }; });
                const asNew = pattern.trim();
                if (blocks.isName(asNew) && !found.some(function (name) { return name.toLowerCase() === wanted; })) {
                    items.push({ type: 'autocompleteitem', value: asNew, text: texts.newVariableNamed.replace('{0}', asNew) });
                }
                return Promise.resolve(items);
            },
            onAction: function (api, range, value) {
                // Hiding first would move the range.
                editor.selection.setRng(range);
                change(function () {
                    editor.insertContent(makeChip(value));
                });
                api.hide();
            }
        });
    }

    /* ---- buttons ---- */

    function hex(color) {
        const parts = /^rgba?\(\s*(\d+),\s*(\d+),\s*(\d+)/.exec(color);
        return parts
            ? '#' + parts.slice(1).map(function (part) { return Number(part).toString(16).padStart(2, '0'); }).join('')
            : color;
    }

    function editButton() {
        const found = blocks.buttonAt(editor.selection.getNode());
        if (!found) {
            dialogs.button(editor, texts,
                { text: editor.selection.getContent({ format: 'text' }), href: '', back: '#0969da', fore: '#ffffff', radius: '6px', align: '' },
                true, insertButton);
            return;
        }
        const radius = found.link.style.borderRadius || found.cell.style.borderRadius;
        const size = parseInt(radius, 10) || 0;
        const holder = found.link.cloneNode(true);
        const before = {
            text: blocks.portable(holder).textContent,
            href: found.link.getAttribute('href') || '',
            back: hex(found.cell.style.backgroundColor || found.link.style.backgroundColor) || found.cell.getAttribute('bgcolor') || '#0969da',
            fore: hex(found.link.style.color) || '#ffffff',
            radius: size === 0 ? '0' : size > 12 ? '24px' : '6px',
            align: found.table.getAttribute('align') || ''
        };
        dialogs.button(editor, texts, before, false, function (data) {
            change(function () { writeButton(found, data, before); });
        });
    }

    function insertButton(data) {
        editor.focus();
        change(function () {
            editor.insertContent('<table id="mr-new" role="presentation" border="0" cellspacing="0" cellpadding="0"><tbody><tr>'
                + '<td style="text-align: center; mso-padding-alt: 12px 24px;" align="center">'
                + '<a style="display: inline-block; padding: 12px 24px; font-family: Arial, Helvetica, sans-serif; font-size: 16px;'
                + ' font-weight: bold; line-height: 1.25; text-decoration: none;" href="#" target="_blank">x</a></td></tr></tbody></table>');
            const table = editor.dom.get('mr-new');
            table.removeAttribute('id');
            writeButton({ table: table, cell: table.querySelector('td'), link: table.querySelector('a') }, data);
            let next = table.nextElementSibling;
            if (!next) {
                next = editor.dom.create('p', {}, '<br data-mce-bogus="1">');
                table.after(next);
            }
            editor.selection.setCursorLocation(next, 0);
        });
    }

    /** Writes what differs from what was there before, which may have been made elsewhere and better than we would. */
    function writeButton(parts, data, before) {
        const dom = editor.dom;
        const differs = function (name) { return !before || before[name].trim() !== data[name].trim(); };
        if (differs('align')) {
            dom.setAttrib(parts.table, 'align', data.align === '' ? null : data.align);
        }
        if (differs('back')) {
            dom.setAttrib(parts.cell, 'bgcolor', data.back);
            setStyle(parts.cell, { 'background-color': data.back });
            setStyle(parts.link, { 'background-color': data.back });
        }
        if (differs('fore')) {
            setStyle(parts.link, { 'color': data.fore });
        }
        if (differs('radius')) {
            const radius = data.radius === '0' ? '' : data.radius;
            setStyle(parts.cell, { 'border-radius': radius });
            setStyle(parts.link, { 'border-radius': radius });
        }
        if (differs('href')) {
            dom.setAttrib(parts.link, 'href', data.href.trim() === '' ? '#' : withScheme(data.href.trim()));
        }
        if (differs('text')) {
            parts.link.textContent = data.text.trim();
            blocks.chipify(parts.link, makeChip);
        }
    }

    /** Changes parts of a style in its text: through the engine, what only Outlook knows would be lost. */
    function setStyle(element, changes) {
        const dom = editor.dom;
        const styles = dom.parseStyle(element.getAttribute('data-mce-style') || element.getAttribute('style') || '');
        Object.keys(changes).forEach(function (name) {
            delete styles[name];
            if (changes[name] !== '') {
                styles[name] = changes[name];
            }
        });
        dom.setAttrib(element, 'style', dom.serializeStyle(styles, element.nodeName));
    }

    function withScheme(address) {
        if (/^[\w.+-]+@[\w-]+(\.[\w-]+)+$/.test(address)) {
            return 'mailto:' + address;
        }
        return /^([a-z][a-z0-9+.-]*:|#|\/|\{\{)/i.test(address) ? address : 'https://' + address;
    }

    function addButtons() {
        editor.ui.registry.addToggleButton('mrbutton', {
            icon: 'mr-button',
            tooltip: texts.button,
            onAction: editButton,
            onSetup: function (api) {
                const look = function () { api.setActive(blocks.buttonAt(editor.selection.getNode()) !== null); };
                editor.on('NodeChange', look);
                return function () { editor.off('NodeChange', look); };
            }
        });
    }

    /* ---- images ---- */

    function imageAt(node) {
        return node && node.nodeName === 'IMG' && !node.hasAttribute('data-mce-object') && !node.hasAttribute('data-mce-placeholder') ? node : null;
    }

    function isHeld(image) {
        return image.hasAttribute(IMAGE_NAME) || /^(data|blob):/.test(image.getAttribute('src') || '');
    }

    function editImage(image) {
        dialogs.image(editor, texts, {
            src: image.getAttribute('src') || '',
            alt: image.getAttribute('alt') || '',
            size: { width: sizeOf(image, 'width'), height: sizeOf(image, 'height') }
        }, isHeld(image), function (data) {
            change(function () {
                if (data.src !== undefined && data.src.trim() !== image.getAttribute('src')) {
                    editor.dom.setAttrib(image, 'src', withScheme(data.src.trim()));
                }
                image.setAttribute('alt', data.alt.trim());
                writeSize(image, 'width', data.size.width);
                writeSize(image, 'height', data.size.height);
            });
        });
    }

    function sizeOf(image, side) {
        const value = image.style[side] || image.getAttribute(side) || '';
        return value.replace(/px$/, '');
    }

    function writeSize(image, side, value) {
        const given = value.trim().replace(/px$/, '');
        if (given === sizeOf(image, side)) {
            return;
        }
        if (image.style[side]) {
            const changes = {};
            changes[side] = /^\d+$/.test(given) ? given + 'px' : given;
            setStyle(image, changes);
        }
        editor.dom.setAttrib(image, side, given === '' ? null : given);
    }

    function imageFromAddress() {
        dialogs.image(editor, texts, { src: '', alt: '', size: { width: '', height: '' } }, false, function (data) {
            const size = ['width', 'height'].filter(function (side) { return data.size[side] !== ''; })
                .map(function (side) { return ' ' + side + '="' + escaped(data.size[side]) + '"'; }).join('');
            editor.focus();
            change(function () {
                editor.insertContent('<img src="' + escaped(withScheme(data.src.trim())) + '" alt="' + escaped(data.alt.trim()) + '"' + size + '>');
            });
        });
    }

    function addImages() {
        editor.ui.registry.addMenuButton('mrimage', {
            icon: 'image',
            tooltip: texts.image,
            fetch: function (show) {
                const image = imageAt(editor.selection.getNode());
                const items = [
                    { type: 'menuitem', text: texts.imageFromFile, onAction: function () { bridge().chooseImages(); } },
                    { type: 'menuitem', text: texts.imageFromAddress, onAction: imageFromAddress }
                ];
                if (image) {
                    items.unshift({ type: 'menuitem', text: texts.imageProperties, onAction: function () { editImage(image); } });
                }
                show(items);
            }
        });
        editor.ui.registry.addMenuItem('mrimageproperties', {
            icon: 'image',
            text: texts.imageProperties,
            onAction: function () { editImage(imageAt(editor.selection.getNode())); }
        });
    }

    /* ---- tables: their size at once, what else there is to do shows where the caret is in one ---- */

    function addTables() {
        editor.ui.registry.addMenuButton('mrtable', {
            icon: 'table',
            tooltip: 'Table',
            fetch: function (show) {
                show([{
                    type: 'fancymenuitem',
                    fancytype: 'inserttable',
                    onAction: function (size) {
                        editor.execCommand('mceInsertTable', false, { rows: size.numRows, columns: size.numColumns });
                    }
                }]);
            }
        });
        // Not for the tables that only make up the layout, in which the caret of a mail stands all the time.
        editor.ui.registry.addContextToolbar('mrtabletools', {
            predicate: function (node) { return node.nodeName === 'TABLE' && node.getAttribute('role') !== 'presentation' && !blocks.buttonAt(node); },
            items: 'tableprops tablecellprops tablemergecells tablesplitcells | tableinsertrowbefore tableinsertrowafter tabledeleterow'
                + ' | tableinsertcolbefore tableinsertcolafter tabledeletecol | tabledelete',
            scope: 'node',
            position: 'node'
        });
    }

    /* ---- clipboard: the engine's own gives plain text and takes nothing, so that Java does it ---- */

    function copy() {
        const range = editor.selection.getRng();
        if (range.collapsed) {
            return false;
        }
        const holder = document.implementation.createHTMLDocument('').createElement('div');
        holder.innerHTML = withData(editor.selection.getContent({ contextual: true, source_view: true }), true);
        blocks.portable(holder);
        bridge().copied(holder.innerHTML, blocks.plain(holder));
        return true;
    }

    function cut() {
        if (copy()) {
            change(function () { editor.execCommand('Delete'); });
        }
    }

    function addClipboard() {
        function take(event, work) {
            event.preventDefault();
            event.stopImmediatePropagation();
            work();
        }
        editor.on('copy', function (event) { take(event, copy); }, true);
        editor.on('cut', function (event) { take(event, cut); }, true);
        editor.on('paste', function (event) { take(event, function () { bridge().paste(false); }); }, true);
        const items = {
            mrcut: ['cut', 'Cut', cut, 'Meta+X'],
            mrcopy: ['copy', 'Copy', copy, 'Meta+C'],
            mrpaste: ['paste', 'Paste', function () { bridge().paste(false); }, 'Meta+V'],
            mrpastetext: ['paste-text', 'Paste as text', function () { bridge().paste(true); }, 'Meta+Shift+V']
        };
        Object.keys(items).forEach(function (name) {
            editor.ui.registry.addMenuItem(name, { icon: items[name][0], text: items[name][1], onAction: items[name][2], shortcut: items[name][3] });
        });
        editor.addCommand('Copy', copy);
        editor.addCommand('Cut', cut);
        editor.addCommand('Paste', function () { bridge().paste(false); });
    }

    /* ---- content ---- */

    /** What the editor holds. Images of the template come by their names alone: their data would weigh at each keystroke. */
    function content() {
        return withData(editor.getContent({ source_view: true }), false);
    }

    /** Puts the data of images in place of the engine's addresses for them. */
    function withData(html, named) {
        const cache = editor.editorUpload.blobCache;
        return html.replace(/<img\b[^>]*?\ssrc="blob:[^>]*>/g, function (tag) {
            return tag.replace(/(\ssrc=")(blob:[^"]*)/, function (all, before, address) {
                if (!named && tag.indexOf(' ' + IMAGE_NAME + '=') >= 0) {
                    return before + NOTHING;
                }
                const held = cache.getByUri(address);
                return held ? before + 'data:' + held.blob().type + ';base64,' + held.base64() : all;
            });
        });
    }

    /** Style attributes stay as they are written; TinyMCE would write each one anew. */
    function keepStyles() {
        const dom = editor.dom;
        const parse = dom.parseStyle;
        const serialize = dom.serializeStyle;
        dom.parseStyle = function (style) {
            return originalStyles ? { original: style } : parse.call(dom, style);
        };
        dom.serializeStyle = function (styles, name) {
            return originalStyles ? styles.original : serialize.call(dom, styles, name);
        };
    }

    /** Puts the caret to the first text that can be seen: in a hidden one, TinyMCE would make a paragraph of it. */
    function caretToStart() {
        const walker = editor.getDoc().createTreeWalker(body(), NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
            const text = walker.currentNode;
            const range = editor.getDoc().createRange();
            range.selectNodeContents(text);
            if (text.data.trim() !== '' && range.getClientRects().length > 0 && !blocks.chipAt(text)) {
                editor.selection.setCursorLocation(text, 0);
                return;
            }
        }
        editor.selection.setCursorLocation();
    }

    function fill(html) {
        originalStyles = true;
        try {
            editor.setContent(html, { no_selection: true });
        } finally {
            originalStyles = false;
        }
    }

    function setBodyAttributes(attributes) {
        const own = /^(id|class|data-id|contenteditable|aria-.*|spellcheck|data-mce-.*|on.*)$/i;
        const target = body();
        Array.from(target.attributes).forEach(function (attribute) {
            if (!own.test(attribute.name)) {
                target.removeAttribute(attribute.name);
            }
        });
        const given = new DOMParser().parseFromString('<body ' + attributes + '></body>', 'text/html').body;
        Array.from(given.attributes).forEach(function (attribute) {
            if (!own.test(attribute.name)) {
                target.setAttribute(attribute.name, attribute.value);
            }
        });
        target.className = 'mce-content-body ' + given.className;
    }

    function setStyles(styles) {
        const doc = editor.getDoc();
        let element = doc.getElementById(STYLES);
        if (!element) {
            element = doc.createElement('style');
            element.id = STYLES;
            doc.head.appendChild(element);
        }
        element.textContent = styles;
    }

    function protect() {
        // What EditorDocument has taken out already must not come in by another way.
        const never = 'script,noscript,iframe,frame,frameset,object,embed,applet,base,meta,link';
        [editor.parser, editor.serializer].forEach(function (parser) {
            parser.addNodeFilter(never, function (nodes) {
                nodes.forEach(function (node) { node.remove(); });
            });
            parser.removeNodeFilter('strike');
            parser.removeNodeFilter('font');
        });
        editor.parser.addNodeFilter('#comment', function (nodes) {
            nodes.forEach(function (node) {
                if (/^mce:/i.test(node.value || '')) {
                    node.remove();
                }
            });
        });
        editor.serializer.addNodeFilter('span', function (nodes) {
            nodes.forEach(function (node) {
                if (/(^|\s)mr-variable(\s|$)/.test(node.attr('class') || '')) {
                    node.attr('title', null);
                }
            });
        });
    }

    /** Puts the caret beside a chip that is selected as a whole, so that what is typed is not lost in it. */
    function leaveChip(before) {
        const chip = blocks.chipAt(editor.selection.getNode());
        if (chip) {
            const range = editor.dom.createRng();
            range[before ? 'setStartBefore' : 'setStartAfter'](chip);
            range.collapse(true);
            editor.selection.setRng(range);
        }
    }

    function command(text, name) {
        return { type: 'menuitem', text: text, onAction: function () { editor.execCommand(name); } };
    }

    /** What is needed now and then. */
    function addMore() {
        editor.ui.registry.addNestedMenuItem('mrindents', {
            text: texts.indents,
            getSubmenuItems: function () {
                return [
                    command('Increase indent', 'Indent'), command('Decrease indent', 'Outdent'),
                    command('Left to right', 'mceDirectionLTR'), command('Right to left', 'mceDirectionRTL')
                ];
            }
        });
        editor.ui.registry.addMenuButton('mrmore', {
            icon: 'more-drawer',
            tooltip: 'More...',
            fetch: function (show) {
                show('strikethrough superscript subscript removeformat | lineheight mrindents | hr charmap | visualaid visualblocks');
            }
        });
    }

    function noNavigation(target) {
        ['click', 'auxclick', 'submit'].forEach(function (kind) {
            target.addEventListener(kind, function (event) {
                if (kind === 'submit' || (event.target.closest && event.target.closest('a,area'))) {
                    event.preventDefault();
                }
            }, true);
        });
    }

    /* ---- start ---- */

    function setUp(started) {
        editor = started;
        Object.keys(ICONS).forEach(function (name) { editor.ui.registry.addIcon(name, ICONS[name]); });
        addVariables();
        addButtons();
        addImages();
        addTables();
        addClipboard();
        addMore();
        editor.ui.registry.addButton('mrfind', { icon: 'search', tooltip: 'Find and replace', onAction: function () { editor.execCommand('SearchReplace'); } });
        editor.ui.registry.addToggleButton('mrfullscreen', {
            icon: 'fullscreen',
            tooltip: texts.fullScreen,
            onAction: function () { setFull(!full); },
            onSetup: function (api) {
                const look = function () { api.setActive(full); };
                editor.on('mrfull', look);
                look();
                return function () { editor.off('mrfull', look); };
            }
        });
        editor.on('PreInit', function () {
            keepStyles();
            protect();
        });
        editor.on('init', function () {
            noNavigation(editor.getDoc());
            bridge().ready();
        });
        editor.on('input', function (event) {
            if (!event.isComposing) {
                chipWhatWasTyped();
            }
            changed();
        });
        editor.on('Change Undo Redo', changed);
        // Finding and replacing tells nobody until its dialog is closed.
        ['click', 'keyup'].forEach(function (kind) {
            document.addEventListener(kind, function (event) {
                if (event.target.closest && event.target.closest('.tox-dialog')) {
                    setTimeout(changed, 0);
                }
            });
        });
        editor.on('keydown', function (event) {
            const types = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
            if (types || event.key === 'Home' || event.key === 'End') {
                leaveChip(event.key === 'Home');
            }
        });
        editor.on('compositionstart', function () { leaveChip(false); });
        editor.on('dblclick', function (event) {
            const chip = blocks.chipAt(event.target);
            const image = imageAt(event.target);
            if (chip) {
                editChip(chip);
            } else if (image) {
                editImage(image);
            } else if (blocks.buttonAt(event.target)) {
                editButton();
            }
        });
        editor.on('mouseover', function (event) {
            const chip = blocks.chipAt(event.target);
            const fallback = chip ? blocks.fallbackOf(chip.getAttribute(blocks.VALUE) || '') : null;
            if (fallback) {
                chip.title = texts.variableFallbackIs.replace('{0}', fallback);
            }
        });
    }

    function setFull(wanted) {
        if (full !== wanted) {
            full = wanted;
            editor.dispatch('mrfull');
            bridge().fullScreen(full);
        }
    }

    window.mailroomText = function (name, text) {
        texts[name] = text;
    };

    window.mailroomStart = function (skin, contentStyle, language, dark) {
        document.documentElement.classList.toggle('dark', dark);
        const style = document.createElement('style');
        style.textContent = skin;
        document.head.appendChild(style);
        if (language === 'ko') {
            tinymce.addI18n('ko', window.mailroomKorean);
            tinymce.i18n.setCode('ko');
        }
        tinymce.init({
            selector: '#editor',
            language: language === 'ko' ? 'ko' : 'en',
            skin: false,
            content_css: false,
            content_style: contentStyle,
            content_security_policy: "default-src 'none'; img-src data: blob:; style-src 'unsafe-inline'; font-src data:; form-action 'none'",
            height: '100%',
            width: '100%',
            resize: false,
            menubar: false,
            visual: false,
            branding: false,
            promotion: false,
            elementpath: false,
            help_accessibility: false,
            highlight_on_focus: false,
            plugins: 'advlist autolink charmap directionality link lists nonbreaking searchreplace table visualblocks wordcount',
            toolbar: [
                'undo redo | blocks fontfamily fontsize | mrvariable | mrfind mrfullscreen',
                'bold italic underline forecolor backcolor | align bullist numlist | link mrimage mrbutton mrtable | mrmore'
            ],
            contextmenu: 'mrcut mrcopy mrpaste mrpastetext | link | mrimageproperties | table',
            contextmenu_never_use_native: true,
            browser_spellcheck: false,
            block_formats: 'Paragraph=p;Heading 1=h1;Heading 2=h2;Heading 3=h3;Heading 4=h4',
            font_family_formats: "Arial=arial,helvetica,sans-serif;Georgia=georgia,'times new roman',serif;Tahoma=tahoma,verdana,sans-serif;"
                + "Times New Roman='times new roman',times,serif;Trebuchet MS='trebuchet ms',helvetica,sans-serif;Verdana=verdana,geneva,sans-serif;"
                + "Courier New='courier new',courier,monospace;"
                + (texts.fontGothic + "='malgun gothic','apple sd gothic neo','noto sans kr',sans-serif;")
                + (texts.fontNanum + "=nanumgothic,'nanum gothic','malgun gothic',sans-serif;")
                + (texts.fontMyeongjo + "=batang,applemyungjo,'nanum myeongjo',serif"),
            font_size_formats: '11px 12px 13px 14px 15px 16px 18px 20px 24px 28px 32px 40px',
            font_size_input_default_unit: 'px',
            charmap: CHARACTERS.map(function (one) { return [one[0].codePointAt(0), tinymce.translate(one[1])]; }),
            line_height_formats: '1 1.2 1.4 1.5 1.6 1.8 2',
            color_map: PALETTE,
            color_cols: 6,
            custom_colors: true,
            color_default_foreground: '#cf222e',
            color_default_background: '#fff8c5',
            link_title: false,
            link_target_list: false,
            link_assume_external_targets: false,
            link_default_protocol: 'https',
            link_context_toolbar: false,
            typeahead_urls: false,
            table_toolbar: '',
            table_default_attributes: { border: '1', cellpadding: '8', cellspacing: '0' },
            table_default_styles: { 'border-collapse': 'collapse', 'border-color': '#d0d7de', 'width': '100%' },
            table_class_list: [],
            table_cell_class_list: [],
            table_row_class_list: [],
            table_sizing_mode: 'relative',
            object_resizing: 'img,table:not([role=presentation])',
            table_resize_bars: false,
            valid_elements: '*[*]',
            extended_valid_elements: '*[*]',
            valid_children: '+body[style|center],+p[center],+a[table|tbody|tr|td|div|p|h1|h2|h3|h4]',
            verify_html: false,
            xss_sanitization: false,
            convert_unsafe_embeds: false,
            allow_unsafe_link_target: true,
            allow_html_in_named_anchor: true,
            allow_conditional_comments: true,
            convert_fonts_to_spans: false,
            fix_list_elements: false,
            convert_urls: false,
            entity_encoding: 'raw',
            element_format: 'html',
            schema: 'html5',
            indent: false,
            remove_trailing_brs: true,
            forced_root_block: 'p',
            paste_data_images: true,
            automatic_uploads: false,
            smart_paste: false,
            text_patterns: false,
            custom_undo_redo_levels: 200,
            setup: setUp
        });
    };

    /* ---- what Java asks for ---- */

    /** Shows a template; answers what the editor gives of it untouched. */
    window.mailroomShow = function (html, styles, bodyAttributes) {
        filling = true;
        try {
            editor.windowManager.close();
            editor.editorUpload.blobCache.destroy();
            setFull(false);
            setStyles(styles);
            setBodyAttributes(bodyAttributes);
            fill(html);
            caretToStart();
            editor.undoManager.clear();
            // What there is to come back to.
            editor.undoManager.add();
            editor.setDirty(false);
            editor.nodeChanged();
            editor.getWin().scrollTo(0, 0);
            // The count of words listens only after the start is over.
            setTimeout(function () { editor.dispatch('ViewUpdate'); }, 50);
            return content();
        } finally {
            filling = false;
        }
    };

    window.mailroomHtml = function () {
        return content();
    };

    window.mailroomNames = function (lines) {
        names = lines === '' ? [] : lines.split('\n');
    };

    window.mailroomInsertVariable = function (name) {
        insertChip(name);
    };

    /** A paragraph that comes alone goes into the paragraph of the caret. */
    function withoutLoneParagraph(html) {
        const holder = document.implementation.createHTMLDocument('').createElement('div');
        holder.innerHTML = html;
        const only = holder.childNodes.length === 1 ? holder.firstChild : null;
        return only && only.nodeName === 'P' && only.attributes.length === 0 ? only.innerHTML : html;
    }

    /** Puts in what came from the clipboard or by a drag. */
    window.mailroomInsert = function (html) {
        editor.focus();
        originalStyles = true;
        try {
            change(function () {
                editor.insertContent(withoutLoneParagraph(html));
                const caret = editor.selection.getBookmark(2, true);
                if (blocks.chipify(body(), makeChip)) {
                    editor.selection.moveToBookmark(caret);
                }
            });
        } finally {
            originalStyles = false;
        }
    };

    /** Puts in images; asks about one that comes alone. */
    window.mailroomInsertImages = function (html) {
        const before = new Set(body().querySelectorAll('img'));
        window.mailroomInsert(html);
        const added = Array.from(body().querySelectorAll('img')).filter(function (image) {
            return !before.has(image) && image.hasAttribute(IMAGE_NAME);
        });
        if (added.length === 1) {
            editor.selection.select(added[0]);
            editImage(added[0]);
        }
    };

    /** Puts the caret to a place of the page, in its pixels. */
    window.mailroomCaretAt = function (x, y) {
        const area = editor.iframeElement.getBoundingClientRect();
        const range = editor.getDoc().caretRangeFromPoint(x - area.left, y - area.top);
        if (range) {
            editor.selection.setRng(range);
        }
    };

    window.mailroomSelect = function (kind, ordinal) {
        const what = { LINK: 'a[href],area[href]', IMAGE: 'img', VARIABLE: '.' + blocks.CHIP }[kind];
        const found = what
            ? Array.from(body().querySelectorAll(what)).filter(function (element) { return !element.closest('[data-mce-bogus]'); })
            : [];
        const element = found[ordinal];
        if (!element) {
            return false;
        }
        element.scrollIntoView({ block: 'center' });
        editor.selection.select(element);
        editor.nodeChanged();
        return true;
    };

    window.mailroomFind = function () {
        editor.execCommand('SearchReplace');
    };

    window.mailroomCopy = copy;
    window.mailroomCut = cut;

    window.mailroomFocus = function () {
        editor.focus();
    };

    /** Whether Escape is for something within the editor. */
    window.mailroomTakesEscape = function () {
        return document.querySelector('.tox-dialog, .tox-menu, .tox-swatches-menu') !== null;
    };

    /** Leaves the full window; whether it was in it. */
    window.mailroomLeaveFull = function () {
        const was = full;
        setFull(false);
        return was;
    };

    noNavigation(document);
}());
