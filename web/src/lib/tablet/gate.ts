/**
 * The gate before what a child with the tablet in its hands may not do: asks the teacher for PIN or password where one
 * is, and goes on. A courtesy; what the server guards, it guards by itself.
 */
import { mount, unmount } from "svelte";
import type { HeldCode } from "#lib/api/request.ts";
import { session } from "#lib/session.svelte.ts";
import { lockNow, proveOpening } from "./opening.ts";

let asking: Promise<boolean> | undefined;

/** @returns whether to go on: at once where nothing is confined */
export async function passGate(): Promise<boolean> {
  return !session.isConfined || (await ask());
}

/** Lock and PIN on this device, for the teacher only. */
export async function openTabletSheet(): Promise<void> {
  if (!(await passGate())) return;
  const { default: TabletSheet } = await import("./TabletSheet.svelte");
  const sheet = mount(TabletSheet, {
    target: document.body,
    props: { onClose: () => void unmount(sheet) },
  });
}

/** The server has held up a call. @returns whether it may be made once more */
export async function onHeld(code: HeldCode): Promise<boolean> {
  if (code === "session-confined") return await ask();
  if (await proveOpening()) return true;
  lockNow();
  return false;
}

function ask(): Promise<boolean> {
  asking ??= askOnce().finally(() => (asking = undefined));
  return asking;
}

async function askOnce(): Promise<boolean> {
  const { default: LiftSheet } = await import("./LiftSheet.svelte");
  return await new Promise((done) => {
    const sheet = mount(LiftSheet, {
      target: document.body,
      props: {
        onClose(isLifted: boolean) {
          done(isLifted);
          void unmount(sheet);
        },
      },
    });
  });
}
