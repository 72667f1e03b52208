// The cards of an article: order by arrows, new cards, headings that follow what is typed.
// Without this file the places are typed as numbers and the cards still save.
'use strict';
{
  const section = document.querySelector('[data-cards]');

  const all = () => [...section.querySelectorAll('[data-card]')];

  // A card is never taken out of the form: the numbers in the names must keep their gaps closed.
  const isDeleted = (card) => Boolean(card.querySelector('input[name$="-DELETE"]')?.checked);
  const kept = () => all().filter((card) => !isDeleted(card));

  const field = (card, name) => card.querySelector(`[name$="-${name}"]`);

  const write = (card, name, value) => {
    const input = field(card, name);
    if (!input || input.value === value) { return; }
    input.value = value;
    input.dispatchEvent(new Event('input', {bubbles: true}));
  };

  const title = (card) => card.querySelector('[data-title]').textContent;

  const setDeleted = (card, flag) => {
    const box = field(card, 'DELETE');
    box.checked = flag;
    box.dispatchEvent(new Event('change', {bubbles: true}));
  };

  const markEnds = () => {
    const cards = all();
    cards.forEach((card, index) => {
      card.querySelector('[data-move="up"]').disabled = index === 0;
      card.querySelector('[data-move="down"]').disabled = index === cards.length - 1;
    });
  };

  // After every change of the order.
  const writePlaces = () => {
    all().forEach((card, index) => {
      const input = card.querySelector('[data-position]');
      if (input) { input.value = index + 1; }
    });
    markEnds();
    section.dispatchEvent(new CustomEvent('cards:moved', {bubbles: true}));
  };

  const sayPlace = (card) => desk.say(desk.phrase('moved', {title: title(card), n: kept().indexOf(card) + 1}));

  const move = (card, direction) => {
    const cards = all();
    const neighbour = cards[cards.indexOf(card) + (direction === 'up' ? -1 : 1)];
    if (!neighbour) { return; }
    if (direction === 'up') { neighbour.before(card); } else { neighbour.after(card); }
    writePlaces();
    card.scrollIntoView({block: 'nearest'});
    sayPlace(card);
  };

  const moveByButton = (card, button) => {
    move(card, button.dataset.move);
    const other = card.querySelector('[data-move]:not(:disabled)');
    (button.disabled ? other : button)?.focus();
  };

  const dress = (card) => {
    card.classList.add('is-dressed');
    const isOrdered = Boolean(card.querySelector('[data-position]'));
    card.querySelectorAll('[data-move], [data-grip]').forEach((button) => { button.hidden = !isOrdered; });
    card.querySelectorAll('[data-fold], .menu button').forEach((button) => { button.hidden = false; });
    card.classList.toggle('is-deleted', isDeleted(card));
  };

  // A new card behind another one, or at the end, with values for its fields.
  const add = (values = {}, before = all().at(-1)) => {
    const total = document.getElementById(`id_${section.dataset.cards}-TOTAL_FORMS`);
    const holder = document.createElement('template');
    holder.innerHTML = section.querySelector('template[data-blank]').innerHTML.replaceAll('__prefix__', total.value);
    const card = holder.content.querySelector('[data-card]');
    if (before) { before.after(card); } else { section.querySelector('[data-add]').before(card); }
    total.value = Number(total.value) + 1;
    Object.entries(values).forEach(([name, value]) => write(card, name, value));
    dress(card);
    card.dispatchEvent(new CustomEvent('formset:added', {bubbles: true, detail: {formsetName: section.dataset.cards}}));
    writePlaces();
    return card;
  };

  // A form that came back with errors, or holds a revision, lists its cards as they were saved; their places say
  // where they belong.
  const sortByPlace = () => {
    const place = (card) => Number(card.querySelector('[data-position]')?.value) || Infinity;
    const cards = all();
    const sorted = [...cards].sort((one, other) => place(one) - place(other));
    if (sorted.some((card, index) => card !== cards[index])) {
      sorted.toReversed().forEach((card) => { section.querySelector('template, [data-card]').before(card); });
    }
  };

  const start = () => {
    if (document.querySelector('.errornote, [data-by-place]')) { sortByPlace(); }
    all().forEach(dress);
    markEnds();
    section.addEventListener('click', (event) => {
      const button = event.target.closest('[data-move]');
      if (button) { moveByButton(button.closest('[data-card]'), button); }
      if (event.target.closest('[data-add]')) { field(add(), 'heading').focus(); }
    });
    section.addEventListener('input', (event) => {
      if (event.target.matches('[data-heading]')) {
        const words = event.target.closest('[data-card]').querySelector('[data-title]');
        words.textContent = event.target.value || words.dataset.title;
      }
    });
    section.addEventListener('change', (event) => {
      const card = event.target.closest('[data-card]');
      card?.classList.toggle('is-deleted', isDeleted(card));
    });
    const button = section.querySelector('[data-add]');
    if (button) { button.hidden = false; }
  };

  if (section) {
    desk.cards = {section, all, kept, field, write, title, setDeleted, move, sayPlace, writePlaces, sortByPlace, add};
    start();
  }
}
