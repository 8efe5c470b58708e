/** What a teacher is writing to colleagues and family is neither lost nor said twice, and stays that teacher's. */
import { REMINDER_PHRASE_NAMES, REMINDER_PHRASES } from "@doudou/shared/domain/reminders.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type ReminderDraft,
  reminderDraftOf,
  reminderToSend,
  saysSomething,
} from "../../web/src/lib/classroom/reminder-drafts.ts";

const draft = fc.record({
  phrase: fc.option(fc.constantFrom(...REMINDER_PHRASE_NAMES), { nil: undefined }),
  text: fc.string({ maxLength: 40 }),
  guardianMaySee: fc.boolean(),
});
const NOW = new Date("2026-11-11T02:00:00Z");

function memory(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  } as Storage;
}

test("the same words once more go under the same id, whatever the clock says; other words are another reminder", () => {
  fc.assert(
    fc.property(draft, draft, (first, second) => {
      const sent = reminderToSend(first, "one", NOW);
      const later = new Date(NOW.getTime() + 60_000);
      expect(reminderToSend({ ...first, sent }, "two", later)).toEqual(sent);
      const next = reminderToSend({ ...second, sent }, "two", later);
      const { id: _, occurredAt: __, ...content } = reminderToSend(second, "two", later);
      expect(next).toMatchObject(content);
      const isSame =
        JSON.stringify({ ...sent, id: "", occurredAt: "" }) ===
        JSON.stringify({ ...next, id: "", occurredAt: "" });
      expect(next.id).toBe(isSame ? "one" : "two");
      expect(saysSomething(second)).toBe("phrase" in next || "text" in next);
    }),
  );
});

test("a draft survives a reload, and is found by nobody else and for no other child", () => {
  const storage = memory();
  const kept: ReminderDraft = { phrase: "tidy-up", text: "一起收", guardianMaySee: true };
  reminderDraftOf("wang", "xiaoyu", storage).keep(kept);
  expect(reminderDraftOf("wang", "xiaoyu", storage).find()).toEqual(kept);
  expect(reminderDraftOf("li", "xiaoyu", storage).find()).toBeUndefined();
  expect(reminderDraftOf("wang", "xiaoman", storage).find()).toBeUndefined();
  reminderDraftOf("wang", "xiaoyu", storage).drop();
  expect(reminderDraftOf("wang", "xiaoyu", storage).find()).toBeUndefined();
});

test("every phrase is kind and whole in both languages: what would help, never what is wrong with a child", () => {
  for (const { zh, en } of Object.values(REMINDER_PHRASES)) {
    expect(zh).toMatch(/。$/);
    expect(en).toMatch(/^[A-Z].*\.$/);
    expect(zh).not.toMatch(/不准|不许|总是|又|差生|批评|扣|惩|罚|最差|懒|笨|坏/);
    expect(en).not.toMatch(/\bnever\b|\balways\b|\bbad\b|\blazy\b|\bpunish|\bworst\b|\bmust\b/i);
  }
});
