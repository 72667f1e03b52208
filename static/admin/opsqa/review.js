// The review of a pasted page: parts and beginnings chosen by mouse or key, pairs counted as they change.
'use strict';
{
  const form = document.querySelector('[data-review]');
  const words = document.getElementById('review-words')?.dataset;
  const PARTS = {1: 'question', 2: 'answer', 3: 'heading', 4: 'dropped', q: 'question', a: 'answer', h: 'heading', d: 'dropped'};

  const all = (selector, root = form) => [...root.querySelectorAll(selector)];
  const rows = (root) => all('[data-row]', root);
  const part = (row) => row.querySelector('[type=radio]:checked')?.value ?? 'dropped';
  const begins = (row) => row.querySelector('[type=checkbox]');
  const text = (row) => row.querySelector('textarea').value.trim();
  const group = (row) => row.closest('[data-group]');
  const head = (section) => section.querySelector('[data-head]');
  const has = (section, name) => rows(section).some((row) => part(row) === name && text(row));
  const say = (sentence) => { document.getElementById('review-status').textContent = sentence; };
  const focus = (row, options) => (row.querySelector('[type=radio]:checked') ?? row.querySelector('[type=radio]')).focus(options);

  const heads = new Map(); // of questions that were joined, should they be parted again

  const makeHead = (row) => {
    const kept = heads.get(row);
    if (kept) { return kept; }
    const holder = document.createElement('template');
    holder.innerHTML = document.getElementById('new-head').innerHTML.replaceAll('__index__', row.dataset.row);
    return holder.content.firstElementChild;
  };

  const divide = (row) => {
    const section = document.createElement('div');
    section.className = 'card';
    section.setAttribute('role', 'group');
    section.dataset.group = '';
    section.setAttribute('aria-labelledby', `row-${row.dataset.row}-title`);
    const old = group(row);
    const own = rows(old);
    old.after(section);
    section.append(makeHead(row), ...own.slice(own.indexOf(row)));
    if (!rows(old).length) { old.remove(); }
    section.dispatchEvent(new CustomEvent('formset:added', {bubbles: true}));
    say(words.begun);
  };

  const join = (row) => {
    const section = group(row);
    const above = section.previousElementSibling;
    heads.set(row, head(section));
    if (above) {
      above.append(...rows(section));
      section.remove();
    } else {
      head(section).remove();
      section.className = 'loose';
      section.removeAttribute('aria-labelledby');
    }
    say(words.joined);
  };

  // The box says where a question begins; the cards follow it.
  const setBegins = (row, on) => {
    const active = document.activeElement;
    begins(row).checked = on;
    const isFirst = rows(group(row))[0] === row && head(group(row)) !== null;
    if (on && !isFirst) { divide(row); }
    if (!on && isFirst) { join(row); }
    if (row.contains(active)) { active.focus(); }
  };

  // A letter under an answer, or before any question, is a question of its own.
  const follows = (row) => {
    const own = rows(group(row));
    const above = own.slice(0, own.indexOf(row)).filter((other) => part(other) !== 'dropped').at(-1);
    return !head(group(row)) || (above !== undefined && part(above) === 'answer');
  };

  const setPart = (row, value) => {
    row.querySelector(`[value=${value}]`).checked = true;
    if (value === 'question' && follows(row)) { setBegins(row, true); }
    refresh();
  };

  const gapsOf = (section) => {
    const lacks = ['question', 'answer'].filter((name) => !has(section, name));
    return lacks.length === 2 ? [words.empty] : lacks.map((name) => words[name]);
  };

  const refresh = () => {
    const sections = all('[data-group]').filter(head);
    sections.forEach((section) => {
      section.querySelector('[data-gaps]').textContent = gapsOf(section).join('，');
      section.querySelector('[data-heading]').hidden = has(section, 'heading');
    });
    const count = sections.filter((section) => has(section, 'question') || has(section, 'answer')).length;
    const tally = form.querySelector('[data-tally]');
    const sentence = count ? words.count.replace('{n}', count) : words.none;
    if (tally.textContent !== sentence) { tally.textContent = sentence; }
  };

  const step = (row, by) => {
    const every = rows();
    const next = every[every.indexOf(row) + by];
    if (next) {
      next.scrollIntoView({block: 'nearest'});
      focus(next);
    }
  };

  const acts = {
    j: (row) => step(row, 1), ArrowDown: (row) => step(row, 1),
    k: (row) => step(row, -1), ArrowUp: (row) => step(row, -1),
    n: (row) => { setBegins(row, !begins(row).checked); refresh(); },
    e: (row) => row.querySelector('textarea').focus(),
  };

  const onKey = (event) => {
    const row = event.target.closest('[data-row]');
    if (!row || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) { return; }
    if (event.target.matches('textarea')) {
      if (event.key === 'Escape') { focus(row); }
      return;
    }
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const value = PARTS[key];
    if (!value && !acts[key]) { return; }
    event.preventDefault();
    dirty = true;
    if (value) {
      setPart(row, value);
      focus(row);
    } else {
      acts[key](row);
    }
  };

  let dirty = false;

  const showNewColumn = () => {
    const chosen = form.elements.column?.value;
    all('[data-fact=new_column], [data-fact=author]').forEach((fact) => { fact.hidden = Boolean(chosen); });
  };

  const grow = (box) => {
    box.style.height = 'auto';
    box.style.height = `${box.scrollHeight + 2}px`;
  };

  const onChange = (event) => {
    dirty = true;
    const row = event.target.closest('[data-row]');
    if (event.target.matches('[type=radio]')) { setPart(row, event.target.value); }
    if (event.target.matches('[type=checkbox]')) { setBegins(row, event.target.checked); refresh(); }
    if (event.target.name === 'column') { showNewColumn(); }
  };

  const start = () => {
    form.querySelector('[data-again]').hidden = true;
    form.querySelector('[data-keys]').hidden = false;
    form.addEventListener('keydown', onKey);
    form.addEventListener('change', onChange);
    form.addEventListener('input', () => { dirty = true; refresh(); });
    form.addEventListener('submit', () => { dirty = false; });
    addEventListener('beforeunload', (event) => { if (dirty) { event.preventDefault(); } });
    if (!CSS.supports('field-sizing', 'content')) {
      all('[data-row] textarea').forEach((box) => {
        grow(box);
        box.addEventListener('input', () => grow(box));
      });
    }
    showNewColumn();
    refresh();
    const problem = form.querySelector('.errornote');
    if (!problem && rows().length) { focus(rows()[0], {preventScroll: true}); }
  };

  if (form) { start(); }
}
