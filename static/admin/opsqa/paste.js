// The form for a page that comes from elsewhere: keeps the structure of what is pasted, and takes a dropped file.
'use strict';
{
  const form = document.querySelector('[data-paste]');
  const STRUCTURE = 'h1, h2, h3, h4, h5, h6, b, strong, li, blockquote, table';

  // execCommand is the one way of changing a text area that Undo can take back.
  const insert = (box, text) => {
    box.focus();
    if (!document.execCommand('insertText', false, text)) { box.setRangeText(text, box.selectionStart, box.selectionEnd, 'end'); }
  };

  // The same reading of HTML as the review's, asked of the server; nothing where it does not answer.
  const markdown = async (html) => {
    const body = new FormData();
    body.set('csrfmiddlewaretoken', form.elements.csrfmiddlewaretoken.value);
    body.set('html', html);
    const response = await fetch(form.dataset.markdown, {method: 'POST', body, redirect: 'manual'}).catch(() => null);
    return response?.ok ? response.text() : '';
  };

  const onPaste = async (event) => {
    const box = event.target;
    const plain = event.clipboardData.getData('text/plain');
    const page = new DOMParser().parseFromString(event.clipboardData.getData('text/html'), 'text/html');
    if (!page.querySelector(STRUCTURE)) { return; }
    event.preventDefault();
    const text = (await markdown(page.body.innerHTML)) || plain;
    insert(box, text);
  };

  const start = () => {
    form.querySelector('[data-pasted]').addEventListener('paste', onPaste);
    const sheet = form.querySelector('[data-drop]');
    const mark = (on) => (event) => {
      if (!event.dataTransfer?.types.includes('Files')) { return; }
      event.preventDefault();
      sheet.classList.toggle('is-over', on);
    };
    sheet.addEventListener('dragover', mark(true));
    sheet.addEventListener('dragleave', mark(false));
    sheet.addEventListener('drop', (event) => {
      mark(false)(event);
      if (event.dataTransfer.files.length) { form.querySelector('[data-file]').files = event.dataTransfer.files; }
    });
  };

  if (form) { start(); }
}
