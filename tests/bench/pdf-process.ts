/**
 * Makes as many PDFs as its argument says and sends the figures to its parent, on one worker as a server has it unless told
 * otherwise: one after the other and a class in one file, or (`school`) in files of whole classes.
 */
import { createDocuments } from "@doudou/server/documents/term-summary.ts";
import type { PublishedTermSummary } from "@doudou/server/documents/term-summary.ts";
import { DIMENSIONS } from "@doudou/shared/domain/words.ts";
import type { PdfFigures, SchoolFigures } from "./pdfs.ts";

const count = Number(process.argv[2]);
const isWholeSchool = process.argv[3] === "school";
const documents = createDocuments({ workers: 1 });
const settings = { locale: "zh-CN", timeZone: "Asia/Shanghai" } as const;
const CLASS = 45;

for (let i = 0; i < 30; i++) await documents.termSummaryPdf([summaryOf(i)], settings);
const figures = isWholeSchool ? await wholeSchool() : await oneByOne();
process.send?.({ ...figures, made: count, rssMb: process.memoryUsage.rss() / 1e6 });
await documents.close();

async function oneByOne(): Promise<Omit<PdfFigures, "made" | "rssMb">> {
  const began = performance.now();
  for (let i = 0; i < count; i++) await documents.termSummaryPdf([summaryOf(i)], settings);
  const msEach = (performance.now() - began) / count;
  const beganClass = performance.now();
  await documents.termSummaryPdf(ofClass(0), settings);
  return { msEach, classOf45Ms: performance.now() - beganClass };
}

/** Class by class, as a school prints them: the next is asked for while one is being made. */
async function wholeSchool(): Promise<Omit<SchoolFigures, "made" | "rssMb">> {
  let next = 0;
  const began = performance.now();
  const printing = async () => {
    while (next * CLASS < count) await documents.termSummaryPdf(ofClass(next++), settings);
  };
  await Promise.all([printing(), printing()]);
  return { seconds: (performance.now() - began) / 1000 };
}

function ofClass(n: number): PublishedTermSummary[] {
  return Array.from({ length: Math.min(CLASS, count - n * CLASS) }, (_, i) => summaryOf(n * CLASS + i));
}

function summaryOf(i: number): PublishedTermSummary {
  const name = { zh: `指标${i}`, en: `Indicator ${i}` };
  const sentence = {
    zh: `第${i}位同学这学期常常主动帮助同伴，课堂上敢于提出自己的问题，并且愿意把想法讲给大家听。`,
    en: `Child ${i} often helped others this term and was not afraid to ask.`,
  };
  const id = `00000000-0000-7000-8000-${String(i).padStart(12, "0")}`;
  return {
    revision: 1,
    publishedAt: "2027-01-20T02:00:00.000Z",
    sha256: String(i).padStart(64, "0"),
    verificationCode: "ABCD-EFGH-JKMN",
    changes: [],
    snapshot: {
      version: 1,
      school: { name: "森林小学" },
      student: { id, name: `同学${i}`, studentNo: `F${i}` },
      class: { id, name: "三年级1班", grade: 3 },
      homeroomTeacher: "王老师",
      term: {
        id,
        name: { zh: "2026–2027学年第一学期", en: "Autumn 2026" },
        startsOn: "2026-09-01",
        endsOn: "2027-01-22",
      },
      dimensions: DIMENSIONS.map((dimension, n) => ({
        dimension,
        name: { zh: "德育", en: "Moral" },
        stage: (["seed", "sprout", "leaf", "bloom", "fruit"] as const)[(i + n) % 5]!,
        progress: ((i * 37 + n * 23) % 97) / 100,
        sentence,
        records: 20 + ((i + n) % 30),
        recorders: 3,
        change: "same" as const,
        indicators: Array.from({ length: 3 }, (_, k) => ({
          name,
          level: (["none", "seen", "often", "always"] as const)[(i + k) % 4]!,
        })),
      })),
      grewMost: { dimension: DIMENSIONS[i % 5]!, sentence },
      highlights: Array.from({ length: 6 }, (_, k) => ({
        day: "2026-11-11",
        dimension: DIMENSIONS[k % 5]!,
        point: name,
        by: "李老师",
        note: k % 2 === 0 ? `第${i}次跳绳比上次多了${k}个` : null,
      })),
      atHome: [sentence, sentence],
      comment: sentence.zh.repeat(3),
    },
  };
}
