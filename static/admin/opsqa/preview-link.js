// A box that holds a link: opening it copies the link, and so does its button.
// Without this file the link is marked and copied by hand.
'use strict';
{
  const copy = async (box) => {
    const input = box.querySelector('input');
    const said = box.querySelector('[role="status"]');
    input.select();
    try {
      await navigator.clipboard.writeText(input.value);
      said.textContent = said.dataset.copied;
    } catch {
      // Without HTTPS browsers have no clipboard to offer, and users may forbid its use.
      said.textContent = said.dataset.refused;
    }
    said.hidden = false;
  };

  document.querySelectorAll('[data-copies]').forEach((box) => {
    const button = box.querySelector('[data-copy]');
    button.hidden = false;
    button.addEventListener('click', () => copy(box));
    box.addEventListener('toggle', () => { if (box.open) { copy(box); } });
  });
}
