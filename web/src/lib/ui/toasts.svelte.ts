/** Short notices that come and go. Nothing here may be the only place where something important is said. */

export interface Toast {
  readonly text: string;
  /** A single thing to do about it, such as undo. */
  readonly action?: { readonly label: string; readonly run: () => void };
  /** How long it stays, in ms; 6 s if left out. Longer than that where there is something to undo. */
  readonly lasts?: number;
}

export interface ShownToast extends Toast {
  readonly key: number;
}

const USUAL = 6000;

let shown = $state.raw<readonly ShownToast[]>([]);
let count = 0;

/** The notices on show, oldest first. Reactive. */
export function toasts(): readonly ShownToast[] {
  return shown;
}

/**
 * Shows a notice.
 * @returns what takes it away early
 */
export function toast(notice: Toast): () => void {
  count += 1;
  const key = count;
  shown = [...shown, { ...notice, key }];
  const dismiss = () => {
    clearTimeout(timer);
    shown = shown.filter((other) => other.key !== key);
  };
  const timer = setTimeout(dismiss, notice.lasts ?? USUAL);
  return dismiss;
}

/** Takes every notice away: they may name children. */
export function dismissAllToasts(): void {
  shown = [];
}

/** Takes a notice away. */
export function dismissToast(key: number): void {
  shown = shown.filter((other) => other.key !== key);
}
