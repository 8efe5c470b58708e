/**
 * Which of the words on a child's page were reported, for every place of that page that shows words. Set by the page,
 * found by whatever stands on it.
 */
import type { ChildWordReports } from "@doudou/shared/contract/word-reports.ts";
import type { ReportableWords } from "@doudou/shared/domain/word-reports.ts";
import { createContext } from "svelte";
import { closeWordReportAnswer, readChildWordReports } from "#lib/api/word-reports.ts";
import type { Reader } from "#lib/growth/reader.ts";
import { Reading } from "#lib/growth/reading.svelte.ts";

type Report = ChildWordReports["reports"][number];

export class ReportedWords {
  readonly studentId: string;
  readonly reader: Reader;
  readonly #reading = new Reading<ChildWordReports>();

  constructor(studentId: string, reader: Reader) {
    this.studentId = studentId;
    this.reader = reader;
  }

  /** @returns what stops it; fit to be returned from an effect */
  start(): () => void {
    return this.#reading.start((signal) => readChildWordReports(this.studentId, signal));
  }

  /** A report of these words, one's own before another's. */
  of(kind: ReportableWords, wordsId: string): Report | undefined {
    const reports = this.#reports.filter((one) => one.kind === kind && one.wordsId === wordsId);
    return reports.find(({ isMine }) => isMine) ?? reports[0];
  }

  /** Whether the child's own page keeps these words out of its sight. */
  isPutAway(kind: ReportableWords, wordsId: string): boolean {
    return this.reader === "self" && this.of(kind, wordsId) !== undefined;
  }

  /** Answers to one's own reports that were not read yet. */
  get unread(): readonly Report[] {
    return this.#reports.filter(({ answer, isAnswerSeen }) => answer !== null && !isAnswerSeen);
  }

  /** What the server answered to a new report. */
  keep(answer: ChildWordReports): void {
    this.#reading.answer = answer;
  }

  /** An answer was read: it is shown no more. */
  async close(id: string): Promise<void> {
    await closeWordReportAnswer(this.studentId, id);
    this.#reading.again();
  }

  get #reports(): readonly Report[] {
    return this.#reading.answer?.reports ?? [];
  }
}

export const [reportedWords, setReportedWords] = createContext<ReportedWords>();
