/**
 * Teachers who award and void as fast as a server lets them, over real sockets, and who remember every answer they
 * got: what was acknowledged must be there afterwards, whatever happened to the server in between.
 */
import { v7 as uuidv7 } from "uuid";
import type { AwardInput, AwardResults, VoidResults } from "@doudou/shared/contract/awards.ts";
import type { Database } from "@doudou/db/engines/database.ts";
import type { Draw } from "@doudou/db/seed/draw.ts";
import { addDays, localDayOf } from "@doudou/shared/domain/calendar.ts";
import { eq } from "drizzle-orm";
import { PASSWORD, type Person, type School } from "./school.ts";

/** How an award stands with the teacher who sent it; `beans` is what was acknowledged. */
interface Sent {
  readonly award: AwardInput;
  beans: number | undefined;
  voiding: "no" | "sent" | "acknowledged";
}

const CLIENTS = 8;

export class Teachers {
  readonly sent = new Map<string, Sent>();
  /** Answers other than 200, by status. */
  readonly refusals = new Map<number, number>();
  readonly #school: School;
  readonly #draw: Draw;
  readonly #cookie: string;
  readonly #voidable: Sent[] = [];
  /** What was awarded or voided since it was last sent again. */
  readonly #latest = new Set<Sent>();
  #answers = 0;
  #waiting: { readonly answers: number; readonly resolve: () => void }[] = [];

  private constructor(school: School, draw: Draw, cookie: string) {
    this.#school = school;
    this.#draw = draw;
    this.#cookie = cookie;
  }

  static async signIn(address: string, school: School, person: Person, draw: Draw): Promise<Teachers> {
    const response = await fetch(`${address}/api/v1/session`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ login: person.login, password: PASSWORD }),
    });
    const [cookie] = response.headers.getSetCookie();
    if (!response.ok || cookie === undefined) throw new Error(`signing in answered ${response.status}`);
    return new Teachers(school, draw, cookie.split(";")[0] ?? "");
  }

  /** The session's, for whatever else the teacher does. */
  get cookie(): string {
    return this.#cookie;
  }

  get acknowledged(): { awards: Sent[]; voids: Sent[] } {
    const all = [...this.sent.values()];
    return {
      awards: all.filter(({ beans }) => beans !== undefined),
      voids: all.filter(({ voiding }) => voiding === "acknowledged"),
    };
  }

  /** Works until the server is gone. */
  async work(address: string): Promise<void> {
    await Promise.all(Array.from({ length: CLIENTS }, () => this.#oneWorks(address)));
  }

  /** Resolves after so many more answers. */
  answers(more: number): Promise<void> {
    return new Promise((resolve) => this.#waiting.push({ answers: this.#answers + more, resolve }));
  }

  /**
   * Sends once more what was sent since the last time, the acknowledged and what got no answer.
   * @returns what does not fit what was acknowledged; nothing when all is well
   */
  async sendLatestAgain(address: string): Promise<string[]> {
    const latest = [...this.#latest];
    this.#latest.clear();
    return await this.#sendAgain(address, latest);
  }

  /** The same of everything that was ever sent. */
  async sendAllAgain(address: string): Promise<string[]> {
    return await this.#sendAgain(address, [...this.sent.values()]);
  }

  async #sendAgain(address: string, those: readonly Sent[]): Promise<string[]> {
    const wrong: string[] = [];
    for (const part of inParts(those)) {
      const answer = await this.#post<AwardResults>(address, "/awards", {
        awards: part.map(({ award }) => award),
      });
      if (!answer) wrong.push(`${part.length} awards sent again got no answer`);
      for (const [index, { id, status, beans }] of (answer?.results ?? []).entries()) {
        const sent = part[index];
        if (sent?.award.id !== id || beans === undefined) wrong.push(`${id}: ${status}`);
        else if (sent.beans === undefined) this.#acknowledge(sent, beans);
        else if (status !== "duplicate") wrong.push(`${id} was acknowledged and is ${status} now`);
        else if (beans !== sent.beans) wrong.push(`${id} gave ${sent.beans} beans and has ${beans} now`);
      }
    }
    const voids = those.filter(({ voiding }) => voiding !== "no");
    for (const part of inParts(voids)) {
      const ids = part.map(({ award }) => award.id);
      const answer = await this.#post<VoidResults>(address, "/awards/void", { ids, reason: "点错了" });
      if (!answer) wrong.push(`${part.length} voids sent again got no answer`);
      for (const [index, { id, status }] of (answer?.results ?? []).entries()) {
        const sent = part[index];
        if (sent?.award.id !== id || status === "rejected") wrong.push(`void of ${id}: ${status}`);
        else if (sent.voiding === "sent") sent.voiding = "acknowledged";
        else if (status !== "duplicate") wrong.push(`void of ${id} was acknowledged and is ${status} now`);
      }
    }
    return wrong;
  }

  async #oneWorks(address: string): Promise<void> {
    for (;;) {
      const isAnswered = this.#draw.happens(0.2) ? await this.#void(address) : await this.#award(address);
      if (!isAnswered) return;
      this.#answers += 1;
      const due = this.#waiting.filter(({ answers }) => answers <= this.#answers);
      this.#waiting = this.#waiting.filter(({ answers }) => answers > this.#answers);
      for (const { resolve } of due) resolve();
    }
  }

  /** One award, or the whole class. @returns false when the server is gone */
  async #award(address: string): Promise<boolean> {
    const size = this.#draw.happens(0.3) ? this.#draw.whole(2, 45) : 1;
    const batch = Array.from({ length: size }, () => this.#newAward());
    for (const sent of batch) {
      this.sent.set(sent.award.id, sent);
      this.#latest.add(sent);
    }
    const answer = await this.#post<AwardResults>(address, "/awards", {
      awards: batch.map(({ award }) => award),
    });
    answer?.results.forEach(({ beans }, index) => {
      const sent = batch[index];
      if (sent && beans !== undefined) this.#acknowledge(sent, beans);
    });
    return answer !== undefined;
  }

  async #void(address: string): Promise<boolean> {
    const picked = this.#voidable.splice(this.#draw.whole(0, Math.max(0, this.#voidable.length - 1)), 1);
    if (picked.length === 0) return await this.#award(address);
    for (const sent of picked) {
      sent.voiding = "sent";
      this.#latest.add(sent);
    }
    const ids = picked.map(({ award }) => award.id);
    const answer = await this.#post<VoidResults>(address, "/awards/void", { ids, reason: "点错了" });
    answer?.results.forEach(({ status }, index) => {
      const sent = picked[index];
      if (sent && status !== "rejected") sent.voiding = "acknowledged";
    });
    return answer !== undefined;
  }

  #newAward(): Sent {
    const { children, points } = this.#school;
    const child = children[this.#draw.whole(0, children.length - 1)];
    if (!child) throw new Error("a school without children");
    const observationPointId = [points.helps, points.progress, points.capped][this.#draw.whole(0, 2)];
    const award = {
      id: uuidv7(),
      studentId: child.id,
      observationPointId: observationPointId ?? points.helps,
      points: this.#draw.whole(1, 2),
      occurredAt: new Date(Date.now() - this.#draw.whole(0, 20 * 86_400_000)).toISOString(),
    };
    return { award, beans: undefined, voiding: "no" };
  }

  #acknowledge(sent: Sent, beans: number): void {
    sent.beans = beans;
    this.#voidable.push(sent);
  }

  /** @returns undefined when the connection broke before the whole answer was there */
  async #post<T>(address: string, path: string, payload: object): Promise<T | undefined> {
    try {
      const response = await fetch(`${address}/api/v1${path}`, {
        method: "POST",
        headers: { "content-type": "application/json", cookie: this.#cookie },
        body: JSON.stringify(payload),
      });
      const body = (await response.json()) as T;
      if (response.status === 200) return body;
      this.refusals.set(response.status, (this.refusals.get(response.status) ?? 0) + 1);
      return undefined;
    } catch {
      return undefined;
    }
  }
}

function inParts<T>(list: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(list.length / 500) }, (_, i) => list.slice(i * 500, (i + 1) * 500));
}

/** Moves a school's term, classes and teaching around the real today: a real server looks at the real clock. */
export async function bringToToday(
  database: Database,
  { id: schoolId, termId, earlierTermId }: School,
): Promise<void> {
  const today = localDayOf(Date.now(), "Asia/Shanghai");
  const [startsOn, endsOn] = [addDays(today, -60), addDays(today, 60)];
  await database.write(schoolId, async ({ db, tables: { term, enrollment, teachingAssignment } }) => {
    await db
      .update(term)
      .set({ startsOn: addDays(today, -200), endsOn: addDays(today, -80) })
      .where(eq(term.id, earlierTermId));
    await db.update(term).set({ startsOn, endsOn }).where(eq(term.id, termId));
    await db.update(enrollment).set({ startsOn }).where(eq(enrollment.schoolId, schoolId));
    await db.update(teachingAssignment).set({ startsOn }).where(eq(teachingAssignment.schoolId, schoolId));
  });
}
