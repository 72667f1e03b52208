// What the scripts of the article form share. The first of them to run.
'use strict';
{
  const form = document.getElementById('article_form');

  // Ask the server with the given fields, or with the whole form.
  const post = (address, fields) => {
    const body = fields ? new URLSearchParams(fields) : new URLSearchParams(new FormData(form));
    body.set('csrfmiddlewaretoken', form.elements.csrfmiddlewaretoken.value);
    return fetch(address, {method: 'POST', body, redirect: 'manual'});
  };

  const ask = async (address, fields) => {
    const response = await post(address, fields);
    if (!response.ok) { throw new Error(response.statusText); }
    return response.text();
  };

  // Call act once nothing has called for so many milliseconds.
  const afterPause = (milliseconds, act) => {
    let timer;
    return () => {
      clearTimeout(timer);
      timer = setTimeout(act, milliseconds);
    };
  };

  // Whenever something was typed, chosen, moved or removed. Input methods report each letter of a syllable.
  const onEdit = (act) => {
    ['input', 'change', 'formset:added', 'cards:moved'].forEach((name) => {
      form.addEventListener(name, (event) => { if (!event.isComposing) { act(event); } });
    });
  };

  // Go to a field, wherever it is: a folded card opens first.
  const jump = (target) => {
    target.dispatchEvent(new CustomEvent('desk:reveal', {bubbles: true}));
    target.scrollIntoView({block: 'center'});
    target.focus({preventScroll: true});
  };

  // execCommand is the one way of changing a text area that Undo can take back.
  const replace = (box, start, end, text) => {
    box.focus();
    box.setSelectionRange(start, end);
    if (text === '' ? !document.execCommand('delete') : !document.execCommand('insertText', false, text)) {
      box.setRangeText(text, start, end, 'end');
      box.dispatchEvent(new Event('input', {bubbles: true}));
    }
  };

  // A sentence of the page with its blanks filled in: {n}.
  const phrase = (name, values = {}) => Object.entries(values).reduce(
    (text, [key, value]) => text.replace(`{${key}}`, value),
    document.getElementById('desk-words')?.dataset[name] ?? '',
  );

  const say = (text) => {
    const status = document.getElementById('desk-status');
    if (status) { status.textContent = text; }
  };

  globalThis.desk = {form, post, ask, afterPause, onEdit, jump, replace, phrase, say};

  form?.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-jump]');
    const target = link && document.getElementById(link.hash.slice(1));
    if (!target) { return; }
    event.preventDefault();
    jump(target);
  });
}
