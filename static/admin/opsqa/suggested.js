// Under the topics of every card: those its text names, added by one click, and which typed names are new.
// All cards are asked about at once, then those that change. Without this file the field works as it is.
'use strict';
{
  const FIELDS = ['heading', 'question', 'answer', 'topics'];
  const PAUSE = 600;
  const ENDED = /[,，、；;]\s*$/;
  const token = document.querySelector('[name=csrfmiddlewaretoken]')?.value;
  const changed = new Set();
  let timer;

  const fieldOf = (card, name) => card.querySelector(`[name$="-${name}"]`);
  const inputOf = (card) => card.querySelector('input[data-advice]');

  const element = (tag, className, text = '') => {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text;
    return made;
  };

  const boxOf = (card) => {
    const row = inputOf(card).closest('.form-row');
    let box = row.querySelector('.topic-advice');
    if (!box) {
      box = element('div', 'topic-advice');
      row.append(box);
    }
    return box;
  };

  const add = (card, chip) => {
    const input = inputOf(card);
    const typed = input.value.trim();
    input.value = typed && !ENDED.test(typed) ? `${typed}、${chip.value}` : typed + chip.value;
    const next = chip.nextElementSibling ?? chip.previousElementSibling;
    (next?.matches('button') ? next : input).focus();
    chip.remove();
    ['input', 'change'].forEach((name) => input.dispatchEvent(new Event(name, {bubbles: true})));
  };

  const chipsFor = (card, names) => {
    const group = element('div', 'topic-chips');
    group.setAttribute('role', 'group');
    group.setAttribute('aria-label', inputOf(card).dataset.suggested);
    group.append(element('span', 'topic-chips-label', inputOf(card).dataset.suggested));
    names.forEach((name) => {
      const chip = element('button', 'topic-chip', name);
      chip.type = 'button';
      chip.value = name;
      chip.addEventListener('click', () => add(card, chip));
      group.append(chip);
    });
    return group;
  };

  const notesFor = (card, notes) => {
    const line = element('p', 'topic-notes');
    notes.forEach(({name, topic}) => {
      const note = element('span', topic ? 'topic-note' : 'topic-note is-new');
      if (topic) { note.textContent = `${name} → ${topic}`; } else { note.append(element('b', '', inputOf(card).dataset.new), name); }
      line.append(note);
    });
    return line;
  };

  const show = (card, {suggested, notes}) => {
    const box = boxOf(card);
    const focused = box.contains(document.activeElement) ? document.activeElement.value : null;
    box.replaceChildren(...notes.length ? [notesFor(card, notes)] : [], ...suggested.length ? [chipsFor(card, suggested)] : []);
    if (focused !== null) { ([...box.querySelectorAll('button')].find((chip) => chip.value === focused) ?? inputOf(card)).focus(); }
  };

  const ask = async () => {
    const cards = [...changed].filter((card) => card.isConnected);
    changed.clear();
    if (!cards.length) { return; }
    const body = new URLSearchParams({csrfmiddlewaretoken: token});
    cards.forEach((card) => FIELDS.forEach((name) => body.append(name, fieldOf(card, name)?.value ?? '')));
    const response = await fetch(inputOf(cards[0]).dataset.advice, {method: 'POST', body, redirect: 'manual'}).catch(() => null);
    if (!response?.ok) { return; }
    const advice = (await response.json()).cards;
    cards.forEach((card, index) => { if (advice[index] && !changed.has(card)) { show(card, advice[index]); } });
  };

  const note = (card) => {
    if (!card || !inputOf(card)) { return; }
    changed.add(card);
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  };

  const noteField = (event) => {
    if (FIELDS.some((name) => event.target.name?.endsWith(`-${name}`))) { note(event.target.closest('[data-card]')); }
  };

  document.addEventListener('input', noteField);
  document.addEventListener('change', noteField);
  document.addEventListener('formset:added', (event) => note(event.target));
  document.querySelectorAll('[data-card]').forEach((card) => note(card));
  ask();
}
