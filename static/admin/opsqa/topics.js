// Completes the topic being typed. The field stays plain text: separators are 、 and its kin.
'use strict';
{
  const SEPARATORS = /[,，、；;\n\t]/;
  let serial = 0;

  // Where the name under the cursor begins and ends.
  const wordAt = (text, cursor) => {
    let start = cursor;
    let end = cursor;
    while (start > 0 && !SEPARATORS.test(text[start - 1])) { start -= 1; }
    while (end < text.length && !SEPARATORS.test(text[end])) { end += 1; }
    return {start, end, word: text.slice(start, end).trim()};
  };

  class TopicBox {
    constructor(input) {
      this.input = input;
      this.list = document.createElement('ul');
      this.list.id = `topic-offers-${serial += 1}`;
      this.list.className = 'offers';
      this.list.hidden = true;
      this.list.setAttribute('role', 'listbox');
      this.list.setAttribute('aria-label', input.labels[0]?.textContent ?? '');
      const holder = document.createElement('div');
      holder.className = 'topic-box';
      input.before(holder);
      holder.append(input, this.list);
      Object.entries({
        role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': this.list.id,
      }).forEach(([name, value]) => input.setAttribute(name, value));
      input.addEventListener('input', (event) => { if (!event.isComposing) { this.askSoon(); } });
      input.addEventListener('compositionend', () => this.askSoon());
      input.addEventListener('keydown', (event) => this.onKey(event));
      input.addEventListener('blur', () => this.close());
      this.list.addEventListener('mousedown', (event) => {
        event.preventDefault();
        const option = event.target.closest('[role=option]');
        if (option) { this.take(option); }
      });
    }

    askSoon() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), 120);
    }

    async ask() {
      const {word} = wordAt(this.input.value, this.input.selectionStart);
      if (!word) { this.close(); return; }
      const round = this.round = (this.round ?? 0) + 1;
      const response = await fetch(`${this.input.dataset.topics}?${new URLSearchParams({q: word})}`).catch(() => null);
      if (!response?.ok || round !== this.round || document.activeElement !== this.input) { return; }
      this.show((await response.json()).topics);
    }

    show(topics) {
      this.list.replaceChildren(...topics.map((topic, index) => {
        const option = document.createElement('li');
        option.id = `${this.list.id}-${index}`;
        option.setAttribute('role', 'option');
        option.setAttribute('aria-selected', 'false');
        option.dataset.name = topic.name;
        const hint = document.createElement('small');
        hint.textContent = topic.hint;
        option.append(topic.name, hint);
        return option;
      }));
      this.list.hidden = topics.length === 0;
      this.input.setAttribute('aria-expanded', String(topics.length > 0));
      this.input.removeAttribute('aria-activedescendant');
    }

    close() {
      clearTimeout(this.timer);
      this.round = (this.round ?? 0) + 1;
      this.show([]);
    }

    get active() { return this.list.querySelector('[aria-selected="true"]'); }

    step(by) {
      const options = [...this.list.children];
      const next = options[(options.indexOf(this.active) + by + options.length + (this.active || by > 0 ? 0 : 1)) % options.length];
      options.forEach((option) => option.setAttribute('aria-selected', String(option === next)));
      this.input.setAttribute('aria-activedescendant', next.id);
      next.scrollIntoView({block: 'nearest'});
    }

    take(option) {
      const {value, selectionStart} = this.input;
      const {start, end} = wordAt(value, selectionStart);
      const rest = value.slice(end).replace(/^\s*[,，、；;]\s*/, '');
      const before = `${value.slice(0, start)}${option.dataset.name}、`;
      this.input.value = before + rest;
      this.input.setSelectionRange(before.length, before.length);
      this.input.dispatchEvent(new Event('change', {bubbles: true}));
      this.close();
    }

    onKey(event) {
      // 229: some input methods send the Enter that ends a composition after its end.
      if (event.isComposing || event.keyCode === 229) { return; }
      if (event.key === 'Enter') {
        event.preventDefault(); // never submits the form: Enter ends a name
        if (this.active) { this.take(this.active); } else { this.endName(); }
      } else if (event.key === 'Escape' && !this.list.hidden) {
        event.preventDefault();
        this.close();
      } else if (['ArrowDown', 'ArrowUp'].includes(event.key) && !this.list.hidden) {
        event.preventDefault();
        this.step(event.key === 'ArrowDown' ? 1 : -1);
      }
    }

    endName() {
      const {value, selectionStart, selectionEnd} = this.input;
      const {word} = wordAt(value, selectionStart);
      if (word) { this.input.setRangeText('、', selectionStart, selectionEnd, 'end'); }
      this.close();
    }
  }

  const dressAll = (root) => root.querySelectorAll('input[data-topics]').forEach((input) => {
    if (!input.hasAttribute('aria-controls')) { new TopicBox(input); }
  });
  dressAll(document);
  document.addEventListener('formset:added', (event) => dressAll(event.target));
}
