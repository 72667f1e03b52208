// Cards fold to their headings, one or all; a list above them leads to each.
'use strict';
{
  const section = desk.cards?.section;
  const toAll = section?.querySelector('[data-fold-all]');
  const list = section?.querySelector('[data-jump-list]');

  const fold = (card, isFolded) => {
    card.classList.toggle('is-folded', isFolded);
    card.querySelector('[data-fold]').setAttribute('aria-expanded', String(!isFolded));
    toAll.setAttribute('aria-pressed', String(desk.cards.all().every((one) => one.matches('.is-folded'))));
  };

  const leadTo = (card) => {
    const link = document.createElement('a');
    link.href = `#${card.id}`;
    link.textContent = desk.cards.title(card);
    const item = document.createElement('li');
    item.append(link);
    return item;
  };

  // Only where it changed: whoever reads the list with a cursor keeps the place.
  const fill = () => {
    const cards = desk.cards.kept();
    const items = cards.map(leadTo);
    const old = list.querySelector('ol');
    if (old.innerHTML !== items.map((item) => item.outerHTML).join('')) { old.replaceChildren(...items); }
    list.hidden = cards.length < 2;
    toAll.hidden = cards.length < 2;
  };

  const start = () => {
    section.addEventListener('click', (event) => {
      const button = event.target.closest('[data-fold]');
      const card = button?.closest('[data-card]');
      if (card) { fold(card, !card.matches('.is-folded')); }
    });
    section.addEventListener('desk:reveal', (event) => {
      const card = event.target.closest('[data-card]');
      if (card) { fold(card, false); }
    });
    toAll.addEventListener('click', () => {
      const isFolded = toAll.getAttribute('aria-pressed') !== 'true';
      desk.cards.all().forEach((card) => fold(card, isFolded));
    });
    list.addEventListener('click', (event) => {
      const card = event.target.closest('a') && document.getElementById(event.target.closest('a').hash.slice(1));
      if (!card) { return; }
      event.preventDefault();
      fold(card, false);
      card.scrollIntoView();
      desk.cards.field(card, 'heading').focus({preventScroll: true});
    });
    ['input', 'change', 'cards:moved', 'formset:added'].forEach((name) => section.addEventListener(name, fill));
    fill();
  };

  if (section) { start(); }
}
