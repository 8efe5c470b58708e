/**
 * The hand that moves a child: drags it by finger or mouse, or holds it by a tap or a key until the place is chosen.
 * Places are marked with `data-place`, children who can be moved with `data-moves`. Never hinders a tap that is no drag.
 */

/** A finger that rests or taps is no drag. */
const DRAG_FROM = 8;

export class Hand {
  /** Who was chosen and has no new place yet. */
  heldId = $state<string>();
  /** Who is in the air. */
  draggedId = $state<string>();
  x = $state(0);
  y = $state(0);
  /** The place that is under the finger. */
  over = $state<string>();
  #from: { childId: string; x: number; y: number } | undefined;
  #hasDragged = false;
  readonly #onPut: (childId: string, place: string) => void;

  constructor(onPut: (childId: string, place: string) => void) {
    this.#onPut = onPut;
  }

  /** Takes a child; the one it holds already, it lets go. */
  take(childId: string): void {
    this.heldId = this.heldId === childId ? undefined : childId;
  }

  /** Puts whom it holds into a place. */
  put(place: string): void {
    if (this.heldId !== undefined) this.#put(this.heldId, place);
  }

  letGo(): void {
    this.heldId = undefined;
  }

  /** The click that ends a drag is no tap. */
  get wasDrag(): boolean {
    return this.#hasDragged;
  }

  press = (event: PointerEvent): void => {
    this.#hasDragged = false;
    if (!event.isPrimary || event.button !== 0 || !(event.target instanceof Element)) return;
    const childId = event.target.closest<HTMLElement>("[data-moves]")?.dataset["moves"];
    if (childId) this.#from = { childId, x: event.clientX, y: event.clientY };
  };

  move = (event: PointerEvent): void => {
    const from = this.#from;
    if (!from || !event.isPrimary) return;
    if (this.draggedId === undefined) {
      if (Math.hypot(event.clientX - from.x, event.clientY - from.y) < DRAG_FROM) return;
      this.draggedId = from.childId;
      this.#hasDragged = true;
    }
    this.x = event.clientX;
    this.y = event.clientY;
    this.over = placeAt(event);
  };

  release = (event: PointerEvent): void => {
    const childId = this.draggedId;
    this.cancel();
    // The browser's click comes before this; it may also not come at all, where it was let go elsewhere.
    setTimeout(() => (this.#hasDragged = false));
    const place = placeAt(event);
    if (childId !== undefined && place !== undefined) this.#put(childId, place);
  };

  cancel = (): void => {
    this.#from = this.draggedId = this.over = undefined;
  };

  #put(childId: string, place: string): void {
    this.letGo();
    this.#onPut(childId, place);
  }
}

function placeAt({ clientX, clientY }: PointerEvent): string | undefined {
  const place = document.elementFromPoint(clientX, clientY)?.closest<HTMLElement>("[data-place]");
  return place?.dataset["place"];
}
