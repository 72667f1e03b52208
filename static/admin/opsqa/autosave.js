// A draft is saved a few seconds after the last key. Where that fails, the copy in this browser remains.
'use strict';
{
  const PAUSE = 3000;
  const sign = document.querySelector('[data-autosave]');
  let edits = 0;
  let isStopped = false;
  let isLeaving = false;
  let saving = null;

  const tell = (text, isProblem = false) => {
    sign.textContent = text;
    sign.classList.toggle('is-problem', isProblem);
    if (isProblem) { desk.say(text); }
  };

  const complain = (problem) => tell(desk.phrase('notAutosaved', {problem}), true);

  const hidden = (name) => {
    if (!desk.form.elements[name]) {
      const input = document.createElement('input');
      Object.assign(input, {type: 'hidden', name});
      desk.form.append(input);
    }
    return desk.form.elements[name];
  };

  // The form goes on as that of the saved article: what was new has its keys, and its addresses.
  const goOn = (news) => {
    hidden('fingerprint').value = news.fingerprint;
    Object.entries(news.pairs).forEach(([number, key]) => { hidden(`pairs-${number}-id`).value = key; });
    sign.dataset.autosave = news.autosave;
    document.querySelector('[data-checks]')?.setAttribute('data-checks', news.check);
    document.querySelector('[data-live]')?.setAttribute('data-address', news.preview);
    if (location.pathname !== news.change) {
      desk.forgetKept?.();
      history.replaceState(null, '', news.change);
    }
  };

  const send = async () => {
    const before = edits;
    const response = await desk.post(sign.dataset.autosave).catch(() => null);
    const answer = await response?.json().catch(() => null);
    if (!response?.ok || !answer) {
      // Who is signed out is sent to sign in; who signed in anew has another token than this form.
      const isSignedOut = response?.type === 'opaqueredirect' || response?.status === 403;
      complain(desk.phrase(isSignedOut ? 'signedOut' : 'unreachable'));
      return;
    }
    if (answer.problem) {
      isStopped = Boolean(answer.is_final);
      complain(answer.problem);
      return;
    }
    if (edits === before) { desk.settled?.(); }
    goOn(answer);
    tell(desk.phrase('autosaved', {time: answer.time}));
    if (edits !== before) { soon(); }
  };

  const save = async () => {
    if (isStopped || isLeaving || saving || !desk.form.elements.title.value.trim()) { return; }
    saving = send();
    await saving;
    saving = null;
  };

  const soon = desk.afterPause(PAUSE, save);

  const start = () => {
    desk.onEdit(() => {
      edits += 1;
      soon();
    });
    // Two saves at a time would find each other outdated: the one that was asked for waits.
    desk.form.addEventListener('submit', async (event) => {
      isLeaving = true;
      if (!saving) { return; }
      event.preventDefault();
      await saving;
      desk.form.requestSubmit(event.submitter);
    }, {capture: true});
    addEventListener('pageshow', () => { isLeaving = false; });
    addEventListener('online', () => { if (edits) { soon(); } });
  };

  if (desk.form && sign) { start(); }
}
