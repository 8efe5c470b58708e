/**
 * Turns uploaded pictures into WebP in a process beside the server's, one after the other and at low priority, so that
 * pictures never slow down awards and a file that breaks the decoder breaks nothing else.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { constants, setPriority } from "node:os";
import { fileURLToPath } from "node:url";
import { Overloaded } from "@doudou/db/engines/database.ts";
import type { PictureOutcome, PictureTask } from "./picture-worker.ts";

export interface PictureMaker {
  /** @throws Overloaded when too many are waiting, or while closing */
  make(task: PictureTask): Promise<PictureOutcome>;
  /** Finishes the picture under way, refuses those that wait, and ends the process. */
  close(): Promise<void>;
}

const WORKER = fileURLToPath(new URL("picture-worker.ts", import.meta.url));
const MOST_WAITING = 64;
/** Longer than the decoder gives itself: by then it hangs. */
const KILL_AFTER_MS = 25_000;
/** With nothing to do for so long, the process ends and gives its memory back. */
const IDLE_MS = 60_000;

export function createPictureMaker(): PictureMaker {
  let child: ChildProcess | undefined;
  let waiting = 0;
  let isClosing = false;
  let last: Promise<unknown> = Promise.resolve();
  let idle: NodeJS.Timeout | undefined;

  function startedChild(): ChildProcess {
    if (child?.connected) return child;
    // No secret of the server's environment is any of its business.
    const started = fork(WORKER, { env: {}, execArgv: [], stdio: "ignore" });
    if (started.pid !== undefined) setPriority(started.pid, constants.priority.PRIORITY_BELOW_NORMAL);
    return (child = started);
  }

  async function makeNow(task: PictureTask): Promise<PictureOutcome> {
    if (isClosing) throw new Overloaded("the server is closing");
    clearTimeout(idle);
    const worker = startedChild();
    try {
      return await outcomeOf(worker, task);
    } finally {
      idle = setTimeout(() => worker.connected && worker.disconnect(), IDLE_MS).unref();
    }
  }

  return {
    async make(task) {
      if (waiting >= MOST_WAITING) throw new Overloaded("too many pictures are waiting");
      waiting += 1;
      const made = last.then(() => makeNow(task));
      last = made.catch(() => undefined);
      try {
        return await made;
      } finally {
        waiting -= 1;
      }
    },
    async close() {
      isClosing = true;
      await last;
      clearTimeout(idle);
      if (!child?.connected) return;
      child.disconnect();
      await once(child, "exit");
    },
  };
}

/** A decoder that dies or hangs over a picture has not read it. */
async function outcomeOf(worker: ChildProcess, task: PictureTask): Promise<PictureOutcome> {
  const settled = new AbortController();
  const until = { signal: settled.signal };
  const hung = setTimeout(() => worker.kill("SIGKILL"), KILL_AFTER_MS);
  const outcome = Promise.race([
    once(worker, "message", until).then(([message]) => message as PictureOutcome),
    once(worker, "exit", until).then(() => ({ refusal: "picture-unreadable" }) as const),
  ]);
  try {
    worker.send(task);
    return await outcome;
  } finally {
    clearTimeout(hung);
    settled.abort();
  }
}
