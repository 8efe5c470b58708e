/**
 * Moving a child by finger or mouse: what is picked up, where the finger is, where it was let go. Places are marked with
 * `data-place`, children who can be moved with `data-moves`. Without a drag it never hinders a tap or a key.
 */

/** A finger that rests or taps is no drag. */
const DRAG_FROM = 8;

export class Dragging {
  /** Who is in the air. */
  childId = $state<string>();
  x = $state(0);
  y = $state(0);
  /** The place that is under the finger. */
  over = $state<string>();
  #from: { childId: string; x: number; y: number } | undefined;
  #hasDragged = false;
  readonly #onDrop: (childId: string, place: string) => void;

  constructor(onDrop: (childId: string, place: string) => void) {
    this.#onDrop = onDrop;
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
    if (this.childId === undefined) {
      if (Math.hypot(event.clientX - from.x, event.clientY - from.y) < DRAG_FROM) return;
      this.childId = from.childId;
      this.#hasDragged = true;
    }
    this.x = event.clientX;
    this.y = event.clientY;
    this.over = placeAt(event);
  };

  release = (event: PointerEvent): void => {
    const childId = this.childId;
    this.cancel();
    // The browser's click comes before this; it may also not come at all, where it was let go elsewhere.
    setTimeout(() => (this.#hasDragged = false));
    const place = placeAt(event);
    if (childId !== undefined && place !== undefined) this.#onDrop(childId, place);
  };

  cancel = (): void => {
    this.#from = this.childId = this.over = undefined;
  };
}

function placeAt({ clientX, clientY }: PointerEvent): string | undefined {
  const place = document.elementFromPoint(clientX, clientY)?.closest<HTMLElement>("[data-place]");
  return place?.dataset["place"];
}
