// Says that a file is being worked on, and keeps it from being sent twice.
'use strict';
for (const form of document.querySelectorAll('form[data-busy]')) {
  form.addEventListener('submit', (event) => {
    const button = event.submitter;
    if (form.ariaBusy === 'true') {
      event.preventDefault();
    } else if (button) {
      form.ariaBusy = 'true';
      button.setAttribute('aria-busy', 'true');
      button.textContent = form.dataset.busy;
    }
  });
  // A page that is come back to is ready again.
  addEventListener('pageshow', (event) => event.persisted && location.reload());
}
