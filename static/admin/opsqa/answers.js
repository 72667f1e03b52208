// Around the texts of every card: Markdown tools, tidying, a preview by the site's own renderer, counts of characters.
'use strict';
{
  // As the site counts reading time.
  const UNREAD = /<\/?[a-z][^<>]*>|\]\([^()]*\)|https?:\/\/[!-~]+/gi;
  const HAN = /\p{Script=Han}/gu;
  const WORD = /[0-9a-z\u00c0-\u024f]+(?:['’.,-][0-9a-z\u00c0-\u024f]+)*/gi;
  const HAN_PER_MINUTE = 400;
  const WORDS_PER_MINUTE = 240;
  const ADDRESS = /^https?:\/\/\S+$/;
  const {ask, phrase, replace} = desk;

  const selected = (box) => box.value.slice(box.selectionStart, box.selectionEnd);

  const bold = (box) => {
    const {selectionStart: start, selectionEnd: end} = box;
    replace(box, start, end, `**${selected(box)}**`);
    box.setSelectionRange(start + 2, end + 2);
  };

  const prefixLines = (box, prefix) => {
    const start = box.value.lastIndexOf('\n', box.selectionStart - 1) + 1;
    const lines = box.value.slice(start, box.selectionEnd).split('\n');
    const text = lines.map((line, index) => prefix(index) + line).join('\n');
    replace(box, start, box.selectionEnd, text);
  };

  // What is still to be typed, words or address, is left selected.
  const link = (box, address = '') => {
    const {selectionStart: start, selectionEnd: end} = box;
    const chosen = selected(box);
    const target = address || (ADDRESS.test(chosen) ? chosen : 'https://');
    const words = ADDRESS.test(chosen) || !chosen ? phrase('linkWords') : chosen;
    replace(box, start, end, `[${words}](${target})`);
    if (words !== chosen) {
      box.setSelectionRange(start + 1, start + 1 + words.length);
    } else if (!address) {
      box.setSelectionRange(start + words.length + 3, start + words.length + 3 + target.length);
    }
  };

  const rewrite = async (box, address) => {
    const before = box.value;
    const text = await ask(address, {text: before});
    if (text !== before && box.value === before) { replace(box, 0, before.length, text); }
  };

  const tools = {
    bold,
    link,
    heading: (box) => prefixLines(box, () => '## '),
    quote: (box) => prefixLines(box, () => '> '),
    list: (box) => prefixLines(box, () => '- '),
    numbers: (box) => prefixLines(box, (index) => `${index + 1}. `),
    widen: (box) => rewrite(box, phrase('widen')),
    number: (box) => rewrite(box, phrase('number')),
  };
  const SHORTCUTS = {b: 'bold', k: 'link'};

  const count = (box, output) => {
    const n = [...box.value.replace(/\s/g, '')].length;
    const read = box.value.replace(UNREAD, ' ');
    const [han, words] = [HAN, WORD].map((kind) => read.match(kind)?.length ?? 0);
    const minutes = Math.round(han / HAN_PER_MINUTE + words / WORDS_PER_MINUTE);
    output.textContent = minutes && !box.matches('[data-heading]') ? phrase('minutes', {n, minutes}) : phrase('count', {n});
    output.title = phrase('counted', {han, words});
  };

  const countIn = (box, output) => {
    box.addEventListener('input', () => count(box, output));
    count(box, output);
  };

  const attempt = async (failed, act) => {
    failed.hidden = true;
    try { await act(); } catch { failed.hidden = false; }
  };

  const dressAnswer = (box) => {
    const [bar, frame, failed] = document.getElementById('answer-tools').content.cloneNode(true).children;

    const show = async (view) => {
      if (view === 'preview') {
        frame.style.height = `${box.offsetHeight || frame.offsetHeight}px`;
        frame.srcdoc = await ask(phrase('previewAnswer'), {text: box.value});
      }
      box.hidden = view === 'preview';
      frame.hidden = view !== 'preview';
      bar.querySelector('.tools-edit').hidden = view === 'preview';
      bar.querySelectorAll('[data-view]').forEach((button) => {
        button.setAttribute('aria-pressed', String(button.dataset.view === view));
      });
    };

    box.addEventListener('desk:reveal', () => { show('text'); });
    box.addEventListener('keydown', (event) => {
      const tool = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && SHORTCUTS[event.key.toLowerCase()];
      if (!tool) { return; }
      event.preventDefault();
      tools[tool](box);
    });
    box.addEventListener('paste', (event) => {
      const text = event.clipboardData.getData('text/plain').trim();
      if (!selected(box) || !ADDRESS.test(text)) { return; }
      event.preventDefault();
      link(box, text);
    });
    box.before(bar);
    box.after(frame, failed);
    bar.addEventListener('click', (event) => {
      const view = event.target.closest('[data-view]')?.dataset.view;
      if (view) { attempt(failed, () => show(view)); }
    });
    return {bar, failed};
  };

  const dressLetter = (box) => {
    const [bar, failed] = document.getElementById('letter-tools').content.cloneNode(true).children;
    box.before(bar);
    box.after(failed);
    return {bar, failed};
  };

  const dress = (box) => {
    if (box.dataset.dressed) { return; }
    box.dataset.dressed = 'yes';
    const {bar, failed} = box.matches('[data-answer]') ? dressAnswer(box) : dressLetter(box);
    bar.addEventListener('click', (event) => {
      const tool = event.target.closest('[data-tool]')?.dataset.tool;
      if (tool) { attempt(failed, () => tools[tool](box)); }
    });
    box.addEventListener('desk:mend', (event) => { attempt(failed, () => tools[event.detail](box)); });
    countIn(box, bar.querySelector('.count'));
  };

  const dressHeading = (box) => {
    if (box.dataset.dressed) { return; }
    box.dataset.dressed = 'yes';
    box.after(document.getElementById('heading-tools').content.cloneNode(true));
    box.addEventListener('desk:mend', () => { tools.widen(box).catch(() => {}); });
    countIn(box, box.nextElementSibling);
  };

  const dressAll = (root) => {
    root.querySelectorAll('textarea:is([data-answer], [data-letter])').forEach(dress);
    root.querySelectorAll('input[data-heading]').forEach(dressHeading);
  };
  dressAll(document);
  document.addEventListener('formset:added', (event) => dressAll(event.target));
}
