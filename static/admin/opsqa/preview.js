// The article as readers will see it on a phone, from what is typed: beside the form, or over it on narrow screens.
'use strict';
{
  const dialog = document.querySelector('[data-live]');
  const button = document.querySelector('[data-live-preview]');
  const wide = matchMedia('(min-width: 1100px)');
  const roomy = matchMedia('(min-width: 94rem)');
  const KEY = 'opsqa.live-preview';

  const start = () => {
    const frame = dialog.querySelector('iframe');
    const failed = dialog.querySelector('.failed');
    let round = 0;

    const scroll = () => frame.contentDocument?.scrollingElement;

    const refresh = async () => {
      if (!dialog.open) { return; }
      const own = round += 1;
      try {
        const html = await desk.ask(dialog.dataset.address);
        if (own !== round) { return; }
        const top = scroll()?.scrollTop ?? 0;
        frame.addEventListener('load', () => { if (scroll()) { scroll().scrollTop = top; } }, {once: true});
        frame.srcdoc = html;
        failed.hidden = true;
      } catch {
        failed.hidden = false;
      }
    };

    // The pair whose card is being written comes into view.
    const follow = (event) => {
      const card = event.target.closest('[data-card]');
      if (!card || !dialog.open) { return; }
      const cards = [...document.querySelectorAll('[data-card]:not(.is-deleted)')];
      const pair = frame.contentDocument?.querySelectorAll('section.pair')[cards.indexOf(card)];
      // Not by scrollIntoView, which would move the form as well.
      if (pair) { scroll().scrollTop += pair.getBoundingClientRect().top - 16; }
    };

    // Without a modal dialog's backdrop the focus stays where it was.
    const place = () => {
      dialog.close();
      if (wide.matches) { dialog.setAttribute('open', ''); } else { dialog.showModal(); }
      desk.form.classList.toggle('is-previewing', wide.matches);
    };

    const open = () => {
      place();
      button.setAttribute('aria-expanded', 'true');
      refresh();
    };

    const shut = () => {
      dialog.close();
      dialog.removeAttribute('open');
      desk.form.classList.remove('is-previewing');
      button.setAttribute('aria-expanded', 'false');
    };

    const remember = () => localStorage.setItem(KEY, dialog.open ? 'open' : 'shut');

    button.hidden = false;
    button.addEventListener('click', () => {
      if (dialog.open) { shut(); } else { open(); }
      remember();
    });
    dialog.querySelector('[data-live-close]').addEventListener('click', () => {
      shut();
      remember();
      button.focus();
    });
    dialog.querySelector('[data-live-refresh]').addEventListener('click', refresh);
    dialog.addEventListener('cancel', (event) => { event.preventDefault(); shut(); button.focus(); });
    wide.addEventListener('change', () => { if (dialog.open) { place(); } });
    desk.onEdit(desk.afterPause(1000, refresh));
    desk.form.addEventListener('focusin', follow);
    if (wide.matches && (localStorage.getItem(KEY) ?? (roomy.matches ? 'open' : 'shut')) === 'open') { open(); }
  };

  if (dialog && button) { start(); }
}
