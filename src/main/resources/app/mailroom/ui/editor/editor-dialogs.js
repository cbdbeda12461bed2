/*
 * The dialogs that TinyMCE does not have: variable, button, image. Each gets the editor, the texts, and what to do.
 */
window.mailroomDialogs = (function () {
    'use strict';

    function buttons(deed) {
        return [
            { type: 'cancel', text: 'Cancel' },
            { type: 'submit', text: deed || 'Save', primary: true }
        ];
    }

    /** Asks for a variable; value is what stands between the braces of the one that is changed, null for a new one. */
    function variable(editor, texts, value, done) {
        const blocks = window.mailroomBlocks;
        editor.windowManager.open({
            title: value === null ? texts.newVariable : texts.variable,
            body: {
                type: 'panel',
                items: [
                    { type: 'input', name: 'name', label: texts.variableName, placeholder: 'first_name' },
                    { type: 'input', name: 'fallback', label: texts.variableFallback }
                ]
            },
            initialData: {
                name: value === null ? '' : blocks.nameOf(value),
                fallback: value === null ? '' : blocks.fallbackOf(value) || ''
            },
            buttons: buttons(value === null ? 'Insert' : 'Save'),
            onSubmit: function (api) {
                const data = api.getData();
                const name = data.name.replace(/[{}]/g, '').trim();
                const fallback = data.fallback.trim();
                if (!blocks.isName(name)) {
                    editor.windowManager.alert(texts.variableNameWrong, function () { api.focus('name'); });
                } else if (/[{}]/.test(fallback)) {
                    editor.windowManager.alert(texts.variableFallbackWrong, function () { api.focus('fallback'); });
                } else {
                    api.close();
                    // An empty fallback that was written stays: it says that the value may be missing.
                    const keepsEmpty = fallback === '' && value !== null && blocks.fallbackOf(value) === '';
                    done(name + (fallback !== '' || keepsEmpty ? '|' + fallback : ''));
                }
            }
        });
    }

    /** Asks for the looks of a button. */
    function button(editor, texts, data, isNew, done) {
        editor.windowManager.open({
            title: texts.button,
            body: {
                type: 'panel',
                items: [
                    { type: 'input', name: 'text', label: texts.buttonText },
                    { type: 'input', name: 'href', label: texts.buttonLink, inputMode: 'url', placeholder: 'https://' },
                    {
                        type: 'grid',
                        columns: 2,
                        items: [
                            { type: 'colorinput', name: 'back', label: texts.buttonColor },
                            { type: 'colorinput', name: 'fore', label: texts.buttonTextColor },
                            {
                                type: 'listbox', name: 'radius', label: texts.buttonCorners,
                                items: [
                                    { text: texts.cornersSquare, value: '0' },
                                    { text: texts.cornersRounded, value: '6px' },
                                    { text: texts.cornersRound, value: '24px' }
                                ]
                            },
                            {
                                type: 'listbox', name: 'align', label: 'Alignment',
                                items: [
                                    { text: 'Left', value: '' },
                                    { text: 'Center', value: 'center' },
                                    { text: 'Right', value: 'right' }
                                ]
                            }
                        ]
                    }
                ]
            },
            initialData: data,
            buttons: buttons(isNew ? 'Insert' : 'Save'),
            onSubmit: function (api) {
                const given = api.getData();
                if (given.text.trim() === '') {
                    editor.windowManager.alert(texts.buttonTextMissing, function () { api.focus('text'); });
                    return;
                }
                api.close();
                done(given);
            }
        });
    }

    /** Asks for an image's alternative text and size, and for its address unless the template holds it. */
    function image(editor, texts, data, held, done) {
        const items = [
            { type: 'input', name: 'alt', label: texts.imageAlt, placeholder: texts.imageAltHint },
            { type: 'sizeinput', name: 'size', label: texts.imageSize, enabled: true }
        ];
        if (!held) {
            items.unshift({ type: 'input', name: 'src', label: texts.imageAddress, inputMode: 'url', placeholder: 'https://' });
        }
        editor.windowManager.open({
            title: texts.image,
            body: { type: 'panel', items: items },
            initialData: data,
            buttons: buttons(),
            onSubmit: function (api) {
                const given = api.getData();
                if (!held && given.src.trim() === '') {
                    api.focus('src');
                    return;
                }
                api.close();
                done(given);
            }
        });
    }

    return { variable: variable, button: button, image: image };
}());
