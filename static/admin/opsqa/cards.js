// The cards of an article: order by arrows, new cards, headings that follow what is typed.
// Without this file the places are typed as numbers and the cards still save.
'use strict';
{
  const cardsOf = (section) => [...section.querySelectorAll('[data-card]')];

  // A card is never taken out of the form: the numbers in the names must keep their gaps closed.
  const isDeleted = (card) => Boolean(card.querySelector('input[name$="-DELETE"]')?.checked);

  const markEnds = (section) => {
    const cards = cardsOf(section);
    cards.forEach((card, index) => {
      card.querySelector('[data-move="up"]').disabled = index === 0;
      card.querySelector('[data-move="down"]').disabled = index === cards.length - 1;
    });
  };

  const writePlaces = (section) => {
    cardsOf(section).forEach((card, index) => {
      const input = card.querySelector('[data-position]');
      if (input) { input.value = index + 1; }
    });
    markEnds(section);
  };

  const move = (section, card, button) => {
    const cards = cardsOf(section);
    const neighbour = cards[cards.indexOf(card) + (button.dataset.move === 'up' ? -1 : 1)];
    if (!neighbour) { return; }
    if (button.dataset.move === 'up') { neighbour.before(card); } else { neighbour.after(card); }
    writePlaces(section);
    const other = card.querySelector('[data-move]:not(:disabled)');
    (button.disabled ? other : button)?.focus();
    card.scrollIntoView({block: 'nearest'});
  };

  const dress = (card) => {
    card.classList.add('is-dressed');
    card.querySelectorAll('[data-move]').forEach((button) => { button.hidden = !card.querySelector('[data-position]'); });
  };

  const add = (section, prefix) => {
    const total = document.getElementById(`id_${prefix}-TOTAL_FORMS`);
    const holder = document.createElement('template');
    holder.innerHTML = section.querySelector('template').innerHTML.replaceAll('__prefix__', total.value);
    const card = holder.content.querySelector('[data-card]');
    section.querySelector('[data-add]').before(card);
    total.value = Number(total.value) + 1;
    dress(card);
    writePlaces(section);
    card.dispatchEvent(new CustomEvent('formset:added', {bubbles: true, detail: {formsetName: prefix}}));
    card.querySelector('input[type="text"]').focus();
  };

  const start = (section) => {
    cardsOf(section).forEach(dress);
    markEnds(section);
    section.addEventListener('click', (event) => {
      const button = event.target.closest('[data-move]');
      if (button) { move(section, button.closest('[data-card]'), button); }
      if (event.target.closest('[data-add]')) { add(section, section.dataset.cards); }
    });
    section.addEventListener('input', (event) => {
      if (event.target.matches('[data-heading]')) {
        const title = event.target.closest('[data-card]').querySelector('[data-title]');
        title.textContent = event.target.value || title.dataset.title;
      }
    });
    section.addEventListener('change', (event) => {
      const card = event.target.closest('[data-card]');
      card?.classList.toggle('is-deleted', isDeleted(card));
    });
    cardsOf(section).forEach((card) => card.classList.toggle('is-deleted', isDeleted(card)));
    const button = section.querySelector('[data-add]');
    if (button) { button.hidden = false; }
  };

  document.querySelectorAll('[data-cards]').forEach(start);
}
