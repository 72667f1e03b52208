// Cards are dragged by their grip, with mouse, pen or finger; while one is, all of them show their headings only.
'use strict';
{
  const NEAR_EDGE = 72;
  const SPEED = 14;
  const section = desk.cards?.section;

  class Drag {
    constructor(card, event) {
      this.card = card;
      this.others = desk.cards.all().filter((one) => one !== card);
      this.offset = event.clientY - card.getBoundingClientRect().top;
      section.classList.add('is-sorting');
      card.classList.add('is-dragged');
      // The folded cards have moved up: the grip stays under the pointer.
      scrollBy({top: card.getBoundingClientRect().top + this.offset - event.clientY, behavior: 'instant'});
      this.start = card.getBoundingClientRect().top + scrollY;
      this.y = event.clientY;
      this.tick = () => { this.scroll(); this.show(); this.frame = requestAnimationFrame(this.tick); };
      this.tick();
    }

    // The page goes on where the pointer comes near its edge.
    scroll() {
      const bottom = innerHeight - NEAR_EDGE - (document.querySelector('.submit-row')?.offsetHeight ?? 0);
      if (this.y < NEAR_EDGE) { scrollBy({top: -SPEED, behavior: 'instant'}); }
      if (this.y > bottom) { scrollBy({top: SPEED, behavior: 'instant'}); }
    }

    show() {
      this.card.style.transform = `translateY(${this.y - this.offset + scrollY - this.start}px)`;
      const next = this.next;
      this.others.forEach((one) => one.classList.toggle('is-next', one === next));
      this.others.at(-1)?.classList.toggle('is-last', !next);
    }

    // The card that it would stand before; none behind the last.
    get next() {
      const middle = this.y - this.offset + this.card.offsetHeight / 2;
      return this.others.find((one) => {
        const {top, height} = one.getBoundingClientRect();
        return middle < top + height / 2;
      });
    }

    end(isDropped) {
      const next = this.next;
      cancelAnimationFrame(this.frame);
      section.classList.remove('is-sorting');
      this.card.classList.remove('is-dragged');
      this.card.style.transform = '';
      this.others.forEach((one) => one.classList.remove('is-next', 'is-last'));
      if (isDropped && this.others.length) {
        if (next) { next.before(this.card); } else { this.others.at(-1).after(this.card); }
        desk.cards.writePlaces();
        desk.cards.sayPlace(this.card);
      }
      this.card.scrollIntoView({block: 'nearest'});
      this.card.querySelector('[data-grip]').focus({preventScroll: true});
    }
  }

  const start = () => {
    let drag = null;
    const end = (isDropped) => {
      drag?.end(isDropped);
      drag = null;
    };
    section.addEventListener('pointerdown', (event) => {
      const grip = event.target.closest('[data-grip]');
      if (!grip || event.button !== 0 || drag) { return; }
      event.preventDefault();
      grip.setPointerCapture(event.pointerId);
      drag = new Drag(grip.closest('[data-card]'), event);
    });
    section.addEventListener('pointermove', (event) => { if (drag) { drag.y = event.clientY; } });
    section.addEventListener('pointerup', () => end(true));
    section.addEventListener('pointercancel', () => end(false));
    document.addEventListener('keydown', (event) => { if (event.key === 'Escape') { end(false); } });
    section.addEventListener('keydown', (event) => {
      const direction = {ArrowUp: 'up', ArrowDown: 'down'}[event.key];
      if (!direction || !event.target.matches('[data-grip]')) { return; }
      event.preventDefault();
      desk.cards.move(event.target.closest('[data-card]'), direction);
      event.target.focus();
    });
  };

  if (section) { start(); }
}
