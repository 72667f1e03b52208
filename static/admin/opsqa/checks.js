// Keeps the list of what to look at before publishing in step with what is typed.
'use strict';
{
  const panel = document.querySelector('[data-checks]');

  const showMends = () => panel.querySelectorAll('[data-mend]').forEach((button) => { button.hidden = false; });

  let round = 0;
  const refresh = async () => {
    const own = round += 1;
    const html = await desk.ask(panel.dataset.checks).catch(() => null);
    if (html === null || own !== round || panel.contains(document.activeElement)) { return; }
    panel.querySelector('[data-check-list]').innerHTML = html;
    showMends();
  };

  const start = () => {
    showMends();
    const soon = desk.afterPause(1000, refresh);
    desk.onEdit(soon);
    panel.addEventListener('focusout', soon);
    panel.addEventListener('click', (event) => {
      const button = event.target.closest('[data-mend]');
      const box = button && document.getElementById(button.dataset.for);
      if (!box) { return; }
      box.dispatchEvent(new CustomEvent('desk:reveal', {bubbles: true}));
      box.dispatchEvent(new CustomEvent('desk:mend', {bubbles: true, detail: button.dataset.mend}));
    });
  };

  if (panel) { start(); }
}
