// Everything here is an enhancement: each page works with this file missing.
const DEBOUNCE = 120;
const SHOWN = 8;

const find = (selector, root = document) => root.querySelector(selector);
const findAll = (selector, root = document) => [...root.querySelectorAll(selector)];

// "/" goes to the search box, unless someone is typing or composing.
function searchOnSlash() {
  addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing) return;
    const box = findAll("input[type=search]").find((input) => input.offsetParent);
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
}

// Suggestions while typing: an ARIA combobox over the plain GET form.
function suggestWhileTyping(form) {
  const input = find("input", form);
  const list = document.createElement("div");
  let results = [];
  let at = -1;
  let timer;
  let request;
  let composing = false;

  list.className = "suggest";
  list.id = `${input.id}-list`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.suggestLabel);
  form.append(list);
  const combobox = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
  for (const [name, value] of Object.entries(combobox)) input.setAttribute(name, value);

  const show = (open) => {
    list.hidden = !open;
    input.setAttribute("aria-expanded", open);
    if (open) return;
    at = -1;
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (index) => {
    at = (index + results.length) % results.length;
    [...list.children].forEach((option, position) => option.setAttribute("aria-selected", position === at));
    input.setAttribute("aria-activedescendant", list.children[at].id);
  };
  const option = (result, position) => {
    const element = document.createElement("div");
    const text = document.createElement("b");
    const hint = document.createElement("span");
    element.id = `${list.id}-${position}`;
    element.setAttribute("role", "option");
    element.setAttribute("aria-selected", "false");
    element.dataset.href = result.url;
    text.textContent = result.text;
    hint.textContent = result.hint;
    element.append(text, hint);
    return element;
  };
  const paint = (found) => {
    results = found.slice(0, SHOWN);
    at = -1;
    list.replaceChildren(...results.map(option));
    show(results.length > 0);
  };
  const ask = async () => {
    const text = input.value.trim();
    request?.abort();
    request = new AbortController();
    if (!text) return paint([]);
    try {
      const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(text)}`, { signal: request.signal });
      if (answer.ok && document.activeElement === input) paint((await answer.json()).results);
    } catch {
      // Aborted or offline: the form still submits.
    }
  };
  const askSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, DEBOUNCE);
  };
  const go = (element) => { location.href = element.dataset.href; };

  // While an input method is composing, what stands in the box is half a word.
  input.addEventListener("compositionstart", () => { composing = true; clearTimeout(timer); });
  input.addEventListener("compositionend", () => { composing = false; askSoon(); });
  input.addEventListener("input", () => { if (!composing) askSoon(); });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    const keys = {
      ArrowDown: () => mark(at + 1),
      ArrowUp: () => mark(at < 0 ? -1 : at - 1),
      Escape: () => show(false),
      Enter: at >= 0 ? () => go(list.children[at]) : null,
    };
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const chosen = event.target.closest("[role=option]");
    if (chosen) go(chosen);
  });
  input.addEventListener("blur", () => show(false));
  form.addEventListener("submit", () => show(false));
}

// Copy link, the system's share sheet, and the hint that WeChat needs instead of either.
function shareThisPage() {
  const url = find("link[rel=canonical]")?.href || location.href.split("#")[0];
  const copy = find("[data-copy]");
  const share = find("[data-share]");
  if (!copy) return;
  if (/MicroMessenger/i.test(navigator.userAgent)) {
    find("[data-wechat]").hidden = false;
    find(".qr").hidden = true;
  }
  if (navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(url);
      copy.textContent = copy.dataset.copied;
    });
  }
  if (navigator.share && matchMedia("(pointer: coarse)").matches) {
    share.hidden = false;
    // Closing the sheet rejects the promise; there is nothing to do about it.
    share.addEventListener("click", () => navigator.share({ title: document.title, url }).catch(() => {}));
  }
}

// Mark in the jump list which question is being read.
function markCurrentQuestion() {
  const links = findAll(".toc a");
  if (!links.length || !("IntersectionObserver" in window)) return;
  const mark = (id) => links.forEach((link) => {
    if (link.hash === `#${id}`) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  });
  const observer = new IntersectionObserver(
    (entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => mark(entry.target.id)),
    { rootMargin: "-20% 0px -70%" },
  );
  findAll(".pair").forEach((pair) => observer.observe(pair));
}

// What is wider than the page scrolls by itself; the keyboard must reach it too.
function letKeyboardScroll() {
  findAll(".prose table, .prose pre").filter((box) => box.scrollWidth > box.clientWidth).forEach((box) => { box.tabIndex = 0; });
}

searchOnSlash();
findAll("form[data-suggest]").forEach(suggestWhileTyping);
shareThisPage();
markCurrentQuestion();
letKeyboardScroll();
