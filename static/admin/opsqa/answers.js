// Around every answer: Markdown tools, a preview by the site's own renderer, a count of characters.
'use strict';
{
  const template = document.getElementById('answer-tools');
  const token = document.querySelector('[name=csrfmiddlewaretoken]')?.value;

  const ask = async (address, text) => {
    const response = await fetch(address, {
      method: 'POST', body: new URLSearchParams({text, csrfmiddlewaretoken: token}), redirect: 'error',
    });
    if (!response.ok) { throw new Error(response.statusText); }
    return response.text();
  };

  // execCommand is the one way of changing a text area that Undo can take back.
  const replace = (box, start, end, text) => {
    box.focus();
    box.setSelectionRange(start, end);
    if (!document.execCommand('insertText', false, text)) {
      box.setRangeText(text, start, end, 'end');
      box.dispatchEvent(new Event('input', {bubbles: true}));
    }
  };

  const bold = (box) => {
    const {selectionStart: start, selectionEnd: end, value} = box;
    replace(box, start, end, `**${value.slice(start, end)}**`);
    box.setSelectionRange(start + 2, end + 2);
  };

  const prefixLines = (box, prefix) => {
    const start = box.value.lastIndexOf('\n', box.selectionStart - 1) + 1;
    const lines = box.value.slice(start, box.selectionEnd).split('\n');
    const text = lines.map((line, index) => prefix(index) + line).join('\n');
    replace(box, start, box.selectionEnd, text);
  };

  const tools = {
    bold,
    quote: (box) => prefixLines(box, () => '> '),
    list: (box) => prefixLines(box, (index) => `${index + 1}. `),
    widen: async (box) => {
      const text = await ask(template.dataset.widen, box.value);
      if (text !== box.value) { replace(box, 0, box.value.length, text); }
    },
  };

  const dress = (box) => {
    if (box.dataset.dressed) { return; }
    box.dataset.dressed = 'yes';
    const parts = template.content.cloneNode(true);
    const [bar, frame, failed] = parts.children;
    const count = () => { bar.querySelector('.count b').textContent = [...box.value.replace(/\s/g, '')].length; };

    const attempt = async (act) => {
      failed.hidden = true;
      try { await act(); } catch { failed.hidden = false; }
    };

    const show = async (view) => {
      if (view === 'preview') {
        frame.style.height = `${box.offsetHeight || frame.offsetHeight}px`;
        frame.srcdoc = await ask(template.dataset.preview, box.value);
      }
      box.hidden = view === 'preview';
      frame.hidden = view !== 'preview';
      bar.querySelector('.tools-edit').hidden = view === 'preview';
      bar.querySelectorAll('[data-view]').forEach((button) => {
        button.setAttribute('aria-pressed', String(button.dataset.view === view));
      });
    };

    bar.addEventListener('click', (event) => {
      const button = event.target.closest('button');
      if (!button) { return; }
      attempt(() => (button.dataset.view ? show(button.dataset.view) : tools[button.dataset.tool](box)));
    });
    box.addEventListener('input', count);
    box.before(bar);
    box.after(frame, failed);
    count();
  };

  const dressAll = (root) => root.querySelectorAll('textarea[data-answer]').forEach(dress);
  dressAll(document);
  document.addEventListener('formset:added', (event) => dressAll(event.target));
}
