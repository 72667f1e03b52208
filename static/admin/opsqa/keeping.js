// Nothing that was typed is lost: leaving asks first, and what the server does not have is kept in this browser.
'use strict';
{
  const PREFIX = 'opsqa.copy.';
  const MOST_COPIES = 5;
  const LONGEST = 500_000;
  const TEXTS = /^(title|summary|pairs-\d+-(heading|question|signature|answer))$/;
  const UNKEPT = /^(csrfmiddlewaretoken|fingerprint|_.*)$/;
  const bar = document.querySelector('[data-kept-copy]');
  let isTouched = false;
  let isLeaving = false;

  const key = () => PREFIX + bar.dataset.keptCopy + location.pathname;

  const read = (name = key()) => {
    try { return JSON.parse(localStorage.getItem(name)); } catch { return null; }
  };

  const values = () => [...new FormData(desk.form)].filter(([name, value]) => !UNKEPT.test(name) && typeof value === 'string');

  const prune = () => {
    const copies = Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
    copies.sort((one, other) => (read(other)?.at ?? 0) - (read(one)?.at ?? 0));
    copies.slice(MOST_COPIES).forEach((name) => localStorage.removeItem(name));
  };

  // A browser may be full or forbid it; the form works all the same.
  const keep = () => {
    const text = JSON.stringify({at: Date.now(), values: values()});
    if (!bar.hidden || text.length > LONGEST) { return; }
    try {
      localStorage.setItem(key(), text);
      prune();
    } catch { /* nothing is kept */ }
  };

  const forget = () => {
    try { localStorage.removeItem(key()); } catch { /* nothing was kept */ }
    bar.hidden = true;
  };

  // A copy that is still offered stays until one has decided.
  const forgetKept = () => { if (bar.hidden) { forget(); } };

  // Texts of the copy that stand nowhere in the form; those of questions to be deleted are not missed.
  const missing = (copy) => {
    const deleted = new Set(copy.values.filter(([name]) => name.endsWith('-DELETE')).map(([name]) => name.slice(0, -6)));
    const present = new Set(values().map(([, value]) => value.trim()));
    const isMissed = ([name, value]) => TEXTS.test(name) && value.trim() && !present.has(value.trim());
    return copy.values.filter((entry) => isMissed(entry) && !deleted.has(entry[0].replace(/[a-z]+$/, '')));
  };

  const fill = (input, value) => {
    if (input.type === 'checkbox') { input.checked = true; } else { input.value = value; }
    ['input', 'change'].forEach((name) => input.dispatchEvent(new Event(name, {bubbles: true})));
  };

  // The card that stands for one of the copy: that of the same question, or a new one.
  const cardFor = (copied, number) => {
    const id = copied.get(`pairs-${number}-id`);
    const same = id && desk.cards.all().find((card) => desk.cards.field(card, 'id')?.value === id);
    return same || desk.cards.add();
  };

  const restoreCards = (copied) => {
    const numbers = new Set([...copied.keys()].map((name) => name.match(/^pairs-(\d+)-/)?.[1]).filter(Boolean));
    // All cards first: a new one writes the places of all.
    [...numbers].map((number) => [number, cardFor(copied, number)]).forEach(([number, card]) => {
      ['heading', 'question', 'signature', 'topics', 'answer', 'position', 'DELETE'].forEach((name) => {
        const value = copied.get(`pairs-${number}-${name}`);
        const input = desk.cards.field(card, name);
        if (input && value !== undefined) { fill(input, value); }
      });
    });
    desk.cards.sortByPlace();
    desk.cards.writePlaces();
  };

  const restore = (copy) => {
    const copied = new Map(copy.values);
    copied.forEach((value, name) => {
      const input = name.startsWith('pairs-') ? null : desk.form.elements[name];
      if (input?.matches?.('input, select, textarea') && input.type !== 'hidden') { fill(input, value); }
    });
    restoreCards(copied);
  };

  const offer = (copy) => {
    const moment = new Date(copy.at);
    const isToday = moment.toDateString() === new Date().toDateString();
    const time = moment.toLocaleString(document.documentElement.lang, {
      ...(isToday ? {} : {month: 'numeric', day: 'numeric'}), hour: '2-digit', minute: '2-digit', hour12: false,
    });
    bar.querySelector('span').textContent = desk.phrase('copyFound', {time});
    bar.hidden = false;
    bar.querySelector('[data-restore-copy]').addEventListener('click', () => {
      bar.hidden = true;
      restore(copy);
    });
    bar.querySelector('[data-discard-copy]').addEventListener('click', forget);
  };

  const start = () => {
    const copy = read();
    if (copy?.values && missing(copy).length) { offer(copy); } else { forget(); }
    desk.onEdit(() => { isTouched = true; });
    desk.onEdit(desk.afterPause(1000, () => { if (isTouched) { keep(); } }));
    desk.form.addEventListener('submit', (event) => {
      if (event.defaultPrevented) { return; }
      isLeaving = true;
      keep();
    });
    desk.form.addEventListener('click', (event) => {
      if (!isTouched || !event.target.closest('[data-save-first]')) { return; }
      event.preventDefault();
      alert(desk.phrase('saveFirst'));
    });
    document.addEventListener('keydown', (event) => {
      const button = desk.form.elements._continue;
      if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || !button) { return; }
      event.preventDefault();
      desk.form.requestSubmit(button);
    });
    addEventListener('pageshow', () => { isLeaving = false; });
    addEventListener('beforeunload', (event) => { if (isTouched && !isLeaving) { event.preventDefault(); } });
    desk.settled = () => {
      isTouched = false;
      forgetKept();
    };
    desk.forgetKept = forgetKept;
  };

  // In the trash nothing can be put back; a copy waits until there are fields for it.
  if (desk.form?.elements.title && bar) { start(); }
}
