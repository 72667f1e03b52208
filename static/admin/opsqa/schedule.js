// The publish button says what it will do: with a time to come it schedules.
'use strict';
{
  const button = document.querySelector('.submit-row [name=_publish]');
  const [day, time] = [0, 1].map((part) => document.getElementById(`id_published_at_${part}`));

  if (button && day && time) {
    const form = button.form;
    const publishes = button.value;
    // Times are the site's, wherever the editor is.
    const offset = 1000 * Number(document.body.dataset.adminUtcOffset);
    const moment = () => Date.parse(`${day.value.replaceAll('/', '-')}T${time.value || '00:00'}Z`) - offset;
    const name = () => { button.value = moment() > Date.now() ? button.dataset.later : publishes; };
    // Focus: the calendar fills the fields in without a word, and returns to them.
    ['input', 'change', 'focusin'].forEach((event) => form.addEventListener(event, name));
    name();
  }
}
