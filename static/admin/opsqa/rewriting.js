// Cards are duplicated, split at the cursor and merged with the one above; the last of these acts can be taken back.
'use strict';
{
  const TEXTS = ['heading', 'question', 'signature', 'topics', 'answer'];
  const cards = desk.cards;
  const bar = document.querySelector('[data-undo]');
  let takeBack = null;

  const values = (card) => Object.fromEntries(TEXTS.map((name) => [name, cards.field(card, name)?.value ?? '']));

  const writeAll = (card, texts) => Object.entries(texts).forEach(([name, text]) => cards.write(card, name, text));

  const offerUndo = (words, act) => {
    takeBack = act;
    bar.hidden = false;
    bar.querySelector('span').textContent = words;
  };

  const reveal = (card, name) => {
    const box = cards.field(card, name);
    desk.jump(box);
    return box;
  };

  const duplicate = (card) => {
    const copy = cards.add(values(card), card);
    reveal(copy, 'heading');
    offerUndo(desk.phrase('copied', {title: cards.title(card)}), () => {
      cards.setDeleted(copy, true);
      reveal(card, 'heading');
    });
  };

  // What follows the cursor goes to a card of its own, into the same field.
  const split = (box) => {
    const card = box.closest('[data-card]');
    const name = box.name.split('-').at(-1);
    const {value, selectionStart: cursor} = box;
    const rest = value.slice(cursor).trimStart();
    if (!rest.trim()) {
      desk.say(desk.phrase('nothingToSplit'));
      box.focus();
      return;
    }
    const topics = cards.field(card, 'topics')?.value ?? '';
    cards.write(card, name, value.slice(0, cursor).trimEnd());
    const next = cards.add({[name]: rest, topics}, card);
    reveal(next, 'heading');
    offerUndo(desk.phrase('splitOff', {title: cards.title(card)}), () => {
      cards.write(card, name, value);
      cards.setDeleted(next, true);
      reveal(card, name).setSelectionRange(cursor, cursor);
    });
  };

  const join = (parts, glue) => parts.map((part) => part.trim()).filter(Boolean).join(glue);

  const unite = (above, below) => {
    const names = [above, below].flatMap((text) => text.split(/[,，、；;\n\t]/)).map((name) => name.trim());
    return [...new Set(names.filter(Boolean))].join('、');
  };

  const merged = (above, below) => ({
    heading: join([above.heading, below.heading], ' / '),
    question: join([above.question, below.question], '\n\n'),
    signature: join([above.signature, below.signature], '、'),
    topics: unite(above.topics, below.topics),
    answer: join([above.answer, below.answer], '\n\n'),
  });

  const merge = (card) => {
    const list = cards.kept();
    const above = list[list.indexOf(card) - 1];
    if (!above) {
      desk.say(desk.phrase('nothingAbove'));
      return;
    }
    const before = values(above);
    writeAll(above, merged(before, values(card)));
    cards.setDeleted(card, true);
    const box = reveal(above, 'answer');
    const joint = before.answer.trim().length;
    box.setSelectionRange(joint, joint);
    offerUndo(desk.phrase('merged', {title: before.heading || cards.title(above)}), () => {
      writeAll(above, before);
      cards.setDeleted(card, false);
      reveal(card, 'heading');
    });
  };

  const closeMenus = (except) => cards.section.querySelectorAll('.menu[open]').forEach((menu) => {
    if (menu !== except) { menu.open = false; }
  });

  const start = () => {
    cards.section.addEventListener('click', (event) => {
      const button = event.target.closest('button');
      const card = button?.closest('[data-card]');
      if (!card) { return; }
      if (button.matches('[data-copy-card]')) { duplicate(card); }
      if (button.matches('[data-merge]')) { merge(card); }
      if (button.matches('[data-split]')) { split(button.closest('.tools').parentElement.querySelector('textarea')); }
    });
    document.addEventListener('click', (event) => closeMenus(event.target.closest('.menu > summary')?.parentElement));
    cards.section.addEventListener('keydown', (event) => {
      const menu = event.key === 'Escape' && event.target.closest('.menu[open]');
      if (!menu) { return; }
      menu.open = false;
      menu.querySelector('summary').focus();
    });
    bar.querySelector('button').addEventListener('click', () => {
      bar.hidden = true;
      takeBack?.();
      takeBack = null;
      desk.say(desk.phrase('undone'));
    });
  };

  if (cards && bar) { start(); }
}
