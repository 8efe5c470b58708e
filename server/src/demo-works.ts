/**
 * Works and honours of the demo school's first class: pictures, a plan on paper and a tune, made here from a few lines, so
 * that nothing is shipped and every start gives the same. Put on the shelves through the product, as people would.
 */
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { agreedTo, guardiansOf } from "@doudou/db/repositories/consents.ts";
import type { SeededSchool } from "@doudou/db/seed/school.ts";
import type { Dimension } from "@doudou/shared/domain/words.ts";
import type { Grant } from "./access/caller.ts";
import type { Standing } from "./access/permissions.ts";
import type { Deps } from "./deps.ts";
import { saveHonour } from "./features/honours/service.ts";
import { chooseHighlights } from "./features/shelf/service.ts";
import { Problem } from "./http/problem.ts";
import { uploadFile } from "./features/works/files.ts";
import { saveWork, sayWord } from "./features/works/service.ts";

const DAY_MS = 86_400_000;
const CHILDREN = 6;

interface DemoWork {
  readonly title: string;
  readonly dimension: Dimension;
  readonly reflection: string;
  readonly daysAgo: number;
  readonly word?: string;
  readonly file: DemoFile;
}

type DemoFile =
  /** SVG of what is on the paper, 400 × 300. */
  | { readonly drawing: string }
  /** What a PDF page of 400 × 300 draws, in its own language (ISO 32000-1, 8.5). */
  | { readonly plan: string }
  /** Notes a third of a second long, in hertz. */
  | { readonly tune: readonly number[] };

const WORKS: readonly [DemoWork, ...DemoWork[]] = [
  {
    title: "秋天的大树",
    dimension: "arts",
    reflection: "我用三种绿色和两种黄色画的，叶子要一片一片点。",
    daysAgo: 9,
    word: "叶子的颜色你观察得真细，风好像真的在吹。",
    file: {
      drawing:
        '<rect width="400" height="300" fill="#dcecf4"/><rect y="220" width="400" height="80" fill="#cfe0a8"/>' +
        '<rect x="185" y="140" width="30" height="110" fill="#8a6443"/><circle cx="200" cy="110" r="78" fill="#e3a53c"/>' +
        '<circle cx="150" cy="140" r="46" fill="#d98b3a"/><circle cx="252" cy="138" r="48" fill="#b9b44a"/>' +
        '<circle cx="330" cy="60" r="26" fill="#f4c94b"/>',
    },
  },
  {
    title: "我种的豆芽",
    dimension: "labour",
    reflection: "每天早上浇一点点水，第五天它把土顶开了！",
    daysAgo: 4,
    file: {
      drawing:
        '<rect width="400" height="300" fill="#f6efe0"/><path d="M120 210h160l-22 70H142z" fill="#c98f5b"/>' +
        '<path d="M200 212c0-60 6-90 0-120" stroke="#6a9b4b" stroke-width="10" fill="none"/>' +
        '<ellipse cx="165" cy="95" rx="38" ry="20" fill="#7fb45c"/><ellipse cx="238" cy="90" rx="38" ry="20" fill="#93c46c"/>',
    },
  },
  {
    title: "跳绳小报",
    dimension: "physical",
    reflection: "我从六十二个跳到了八十一个，把秘诀写在小报上。",
    daysAgo: 14,
    file: {
      drawing:
        '<rect width="400" height="300" fill="#e8f3ea"/><path d="M80 220C60 20 340 20 320 220" stroke="#3f8a55" stroke-width="9" fill="none"/>' +
        '<circle cx="200" cy="118" r="28" fill="#f0c9a0"/><rect x="178" y="146" width="44" height="70" rx="16" fill="#d9534a"/>' +
        '<path d="M186 214l-14 50M214 214l14 50" stroke="#40506a" stroke-width="14"/>',
    },
  },
  {
    title: "影子为什么会变长",
    dimension: "academic",
    reflection: "中午最短，下午放学的时候最长，我量了四次。",
    daysAgo: 6,
    file: {
      drawing:
        '<rect width="400" height="300" fill="#fbf3d8"/><circle cx="70" cy="60" r="34" fill="#f2b632"/>' +
        '<rect x="180" y="110" width="22" height="120" fill="#7a5b3f"/><path d="M191 230l150 34-12 14z" fill="#b8ab92"/>' +
        '<path d="M20 232h360" stroke="#b39b6d" stroke-width="4"/>',
    },
  },
];

/** What is no picture: only on the first child's shelf, beside all the others. */
const OTHER_WORKS: readonly DemoWork[] = [
  {
    title: "从家到学校的路线图",
    dimension: "academic",
    reflection: "我数了拐弯的地方，一共四个，红色的是学校。",
    daysAgo: 11,
    file: {
      plan:
        "0.6 0.6 0.55 RG 10 w 40 60 m 40 180 l 180 180 l 180 110 l 340 110 l 340 230 l S " +
        "0.45 0.65 0.4 rg 20 20 40 40 re f 0.8 0.3 0.25 rg 315 230 50 40 re f " +
        "0.9 0.75 0.4 rg 90 200 50 40 re f 220 40 60 45 re f",
    },
  },
  {
    title: "我弹的《小星星》",
    dimension: "arts",
    reflection: "练了一个星期，终于没有弹错。",
    daysAgo: 8,
    file: {
      tune: [262, 262, 392, 392, 440, 440, 392, 0, 349, 349, 330, 330, 294, 294, 262, 0],
    },
  },
];

/** Puts them on the shelves of the children of the school's first class whose families agree to pictures. */
export async function keepDemoWorks(deps: Deps, school: SeededSchool): Promise<void> {
  try {
    await keepAll(deps, school);
  } catch (error) {
    // A start in the holidays between two school years finds nobody in a class.
    if (!(error instanceof Problem && error.code === "outside-term")) throw error;
  }
}

async function keepAll(deps: Deps, { schoolId, toPublish }: SeededSchool): Promise<void> {
  const [ofClass = []] = toPublish;
  const homeroomId = ofClass[0]?.membershipId;
  const ids = ofClass.map(({ studentId }) => studentId);
  if (homeroomId === undefined) return;
  const { agreed, guardians } = await deps.database.read(schoolId, async (store) => ({
    agreed: await agreedTo(store, schoolId, "photo", ids),
    guardians: await guardiansOf(store, schoolId, ids),
  }));
  const teacher = grantOf(schoolId, homeroomId, "teacher:homeroom");
  const shown = ids.filter((id) => agreed.has(id)).slice(0, CHILDREN);
  for (const [place, studentId] of shown.entries()) {
    const parent = guardians.find((each) => each.studentId === studentId);
    const works = place === 0 ? [...WORKS, ...OTHER_WORKS] : [WORKS[place % WORKS.length] ?? WORKS[0]];
    if (!parent) continue;
    const maker = grantOf(schoolId, parent.membershipId, "guardian:child");
    for (const work of works) await keepOne(deps, { studentId, maker, teacher }, work);
    await honourOne(deps, { studentId, maker, teacher, place });
  }
}

async function keepOne(
  deps: Deps,
  { studentId, maker, teacher }: { studentId: string; maker: Grant; teacher: Grant },
  { file, daysAgo, word, ...work }: DemoWork,
): Promise<void> {
  const then: Deps = { ...deps, now: () => new Date(deps.now().getTime() - daysAgo * DAY_MS) };
  const { said, bytes } = await made(file);
  const fileId = idOf(`${studentId}/${work.title}/file`);
  const incoming = Readable.from([bytes]);
  await uploadFile(then, maker, { studentId, fileId, said, incoming });
  const workId = idOf(`${studentId}/${work.title}`);
  await saveWork(then, maker, { studentId, workId }, { ...work, fileIds: [fileId] });
  if (word === undefined) return;
  await sayWord(then, teacher, { studentId, workId }, word);
  await chooseHighlights(then, maker, studentId, { highlights: [{ kind: "work", id: workId }] });
}

async function made(file: DemoFile): Promise<{ said: string; bytes: Buffer }> {
  if ("plan" in file) return { said: "application/pdf", bytes: pdfOf(file.plan) };
  if ("tune" in file) return { said: "audio/wav", bytes: wavOf(file.tune) };
  return { said: "image/png", bytes: await pictureOf(file.drawing) };
}

/** A picture of an SVG drawing of 400 × 300. */
export async function pictureOf(drawing: string): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="900" viewBox="0 0 400 300">${drawing}</svg>`;
  const { default: sharp } = await import("sharp");
  return await sharp(Buffer.from(svg)).png().toBuffer();
}

/** One page that holds a drawing and nothing else: no fonts, no script. */
function pdfOf(drawing: string): Buffer {
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Resources<<>>/Contents 4 0 R>>",
    `<</Length ${drawing.length}>>\nstream\n${drawing}\nendstream`,
  ];
  let text = "%PDF-1.4\n";
  let places = "0000000000 65535 f \n";
  for (const [at, object] of objects.entries()) {
    places += `${String(text.length).padStart(10, "0")} 00000 n \n`;
    text += `${at + 1} 0 obj\n${object}\nendobj\n`;
  }
  const count = objects.length + 1;
  const tail = `trailer<</Size ${count}/Root 1 0 R>>\nstartxref\n${text.length}\n%%EOF\n`;
  return Buffer.from(`${text}xref\n0 ${count}\n${places}${tail}`, "latin1");
}

/** Plucked notes, one after the other; 0 is a rest. Eight thousand samples a second of eight bits, one channel. */
function wavOf(notes: readonly number[]): Buffer {
  const rate = 8000;
  const noteLength = Math.round(rate / 3);
  const samples = notes.flatMap((hertz) =>
    Array.from({ length: noteLength }, (_, at) => {
      const loudness = hertz === 0 ? 0 : 80 * Math.exp((-4 * at) / noteLength);
      return Math.round(128 + loudness * Math.sin((2 * Math.PI * hertz * at) / rate));
    }),
  );
  const head = Buffer.alloc(44);
  head.write("RIFF", 0, "latin1");
  head.writeUInt32LE(36 + samples.length, 4);
  head.write("WAVEfmt ", 8, "latin1");
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20); // uncompressed
  head.writeUInt16LE(1, 22); // channels
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate, 28); // bytes a second
  head.writeUInt16LE(1, 32); // bytes a sample
  head.writeUInt16LE(8, 34); // bits a sample
  head.write("data", 36, "latin1");
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, Buffer.from(samples)]);
}

/** The first child has one that is confirmed; the second's guardian has proposed one. */
async function honourOne(
  deps: Deps,
  { studentId, maker, teacher, place }: { studentId: string; maker: Grant; teacher: Grant; place: number },
): Promise<void> {
  const honour = { level: "school", day: "", dimension: "arts" } as const;
  const day = deps.now().toISOString().slice(0, 10);
  const of = { studentId, honourId: idOf(`${studentId}/honour`) };
  if (place === 0)
    await saveHonour(deps, teacher, of, {
      ...honour,
      day,
      title: "校园艺术节绘画组作品展",
      givenBy: "学校少先队",
    });
  if (place === 1)
    await saveHonour(deps, maker, of, {
      ...honour,
      level: "district" as const,
      dimension: "labour" as const,
      day,
      title: "小小种植家",
      givenBy: "区青少年宫",
    });
}

/** Somebody of the demo school, standing in one way to a child. */
export function grantOf(schoolId: string, membershipId: string, standing: Standing): Grant {
  const origin = { requestId: "demo", address: null };
  return { schoolId, membershipId, standings: new Set([standing]), isConfined: false, origin };
}

/** The same name, the same id: a UUID (RFC 9562, version 8) made of its SHA-256. */
export function idOf(name: string): string {
  const hex = createHash("sha256").update(name).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
