// Pictures in answers: chosen by the button, pasted or dropped; the server makes them fit and says where they are.
'use strict';
{
  const token = document.querySelector('[name=csrfmiddlewaretoken]')?.value;
  const kinds = 'image/jpeg,image/png,image/webp,image/gif';
  const opener = document.getElementById('answer-tools')?.content.querySelector('[data-picture]');

  // What the server refuses it says in one sentence; without one, Chromium's own words would help nobody.
  const send = async (file) => {
    const body = new FormData();
    body.append('picture', file);
    body.append('csrfmiddlewaretoken', token);
    const response = await fetch(opener.dataset.address, {method: 'POST', body, redirect: 'manual'});
    return response.json();
  };

  const insert = (box, text) => {
    box.focus();
    if (!document.execCommand('insertText', false, text)) {
      box.setRangeText(text, box.selectionStart, box.selectionEnd, 'end');
      box.dispatchEvent(new Event('input', {bubbles: true}));
    }
  };

  const tell = (box, words) => {
    let line = box.parentElement.querySelector('.picture-said');
    if (!line) {
      line = document.createElement('p');
      line.className = 'picture-said';
      line.setAttribute('role', 'status');
      box.after(line);
    }
    line.textContent = words;
  };

  // On a line of its own, with the words selected that say what it shows.
  const place = (box, address) => {
    const {value, selectionStart: start} = box;
    const before = start && value[start - 1] !== '\n' ? '\n\n' : '';
    const words = opener.dataset.words;
    insert(box, `${before}![${words}](${address})\n`);
    const from = start + before.length + 2;
    box.setSelectionRange(from, from + words.length);
  };

  const add = async (box, files) => {
    for (const file of files) {
      tell(box, opener.dataset.sending);
      try {
        const {address, reason} = await send(file);
        tell(box, reason || '');
        if (address) { place(box, address); }
      } catch {
        tell(box, opener.dataset.failed);
      }
    }
  };

  const pictures = (transfer) => [...(transfer?.files ?? [])].filter((file) => file.type.startsWith('image/'));

  const dress = (box) => {
    if (box.dataset.pictured) { return; }
    box.dataset.pictured = 'yes';
    for (const [event, source] of [['paste', 'clipboardData'], ['drop', 'dataTransfer']]) {
      box.addEventListener(event, (happened) => {
        const files = pictures(happened[source]);
        if (files.length) { happened.preventDefault(); add(box, files); }
      });
    }
  };

  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-picture]');
    if (!button) { return; }
    event.stopPropagation();
    const box = button.closest('.tools').parentElement.querySelector('textarea[data-answer]');
    const chooser = Object.assign(document.createElement('input'), {type: 'file', accept: kinds});
    chooser.addEventListener('change', () => add(box, chooser.files));
    chooser.click();
  }, true);

  if (opener) {
    document.querySelectorAll('textarea[data-answer]').forEach(dress);
    document.addEventListener('formset:added', (event) => event.target.querySelectorAll('textarea[data-answer]').forEach(dress));
  }
}
