// A choice that is completed while typing is called what its label says; the library leaves it without a name.
'use strict';
{
  const name = () => document.querySelectorAll('select.admin-autocomplete').forEach((choice) => {
    const shown = choice.nextElementSibling?.querySelector('[role=textbox]');
    if (shown && choice.labels[0]) shown.setAttribute('aria-label', choice.labels[0].textContent.trim());
  });
  // Its own turn comes when jQuery finds the page ready; this is asked for later, so it follows.
  django.jQuery(name);
  document.addEventListener('formset:added', () => django.jQuery(name));
}
