/**
 * A child that came to the demo school in the middle of a term and brought its portfolio along (转学档案): made here as the
 * server of another school would make it, with a key that nobody here knows, and taken in through the product.
 */
import { createHash, createPrivateKey, type KeyObject, sign } from "node:crypto";
import { Readable } from "node:stream";
import { guardiansOf } from "@doudou/db/repositories/consents.ts";
import { enrollmentsOf, studentById } from "@doudou/db/repositories/people.ts";
import { transfersOf } from "@doudou/db/repositories/transfers.ts";
import type { SeededSchool } from "@doudou/db/seed/school.ts";
import type {
  TransferManifest,
  TransferredPortfolio,
  TransferredYear,
} from "@doudou/shared/contract/transfers.ts";
import { canonicalJson } from "@doudou/shared/domain/canonical-json.ts";
import { startOfDay } from "@doudou/shared/domain/calendar.ts";
import { DIMENSION_NAMES } from "@doudou/shared/domain/dimension-names.ts";
import { PORTFOLIO_NAME, SIGNATURE_NAME, TRANSFER_FORMAT } from "@doudou/shared/domain/transfer.ts";
import { DIMENSIONS, type Stage } from "@doudou/shared/domain/words.ts";
import { usualClassName } from "@doudou/shared/domain/roster-import/class-names.ts";
import { grantOf, idOf, pictureOf } from "./demo-works.ts";
import type { Deps } from "./deps.ts";
import { answerTransfer, bringTransfer } from "./features/transfers/service.ts";

const HOUR_MS = 3_600_000;
const SCHOOL = "临江小学";
const TEACHER = "何静";
const STAGES: readonly (readonly Stage[])[] = [
  ["sprout", "leaf", "leaf", "sprout", "sprout"],
  ["leaf", "bloom", "leaf", "leaf", "sprout"],
];
const DRAWING =
  '<rect width="400" height="300" fill="#e3eef2"/><rect y="190" width="400" height="110" fill="#9cc3d5"/>' +
  '<path d="M0 210q50-18 100 0t100 0 100 0 100 0" stroke="#ffffff" stroke-width="6" fill="none"/>' +
  '<path d="M60 190c30-70 60-70 140-70s110 0 140 70" stroke="#8a6443" stroke-width="14" fill="none"/>' +
  '<path d="M120 132v58M200 120v70M280 132v58" stroke="#8a6443" stroke-width="8"/>' +
  '<circle cx="330" cy="56" r="26" fill="#f4c94b"/>';

/** Brings it for the first that came, and its guardian says yes the same day; nothing where nobody has come yet. */
export async function keepDemoNewcomer(
  deps: Deps,
  { schoolId, adminId, newcomers }: SeededSchool,
): Promise<void> {
  const [studentId] = newcomers;
  if (studentId === undefined) return;
  const { timeZone } = await deps.frames.of(schoolId);
  const { child, stay, parent, brought } = await deps.database.read(schoolId, async (store) => ({
    child: await studentById(store, schoolId, studentId),
    stay: (await enrollmentsOf(store, schoolId, [studentId])).at(-1),
    parent: (await guardiansOf(store, schoolId, [studentId]))[0],
    brought: await transfersOf(store, schoolId, studentId),
  }));
  if (!child || !stay || !parent) return;
  const cameAt = startOfDay(stay.startsOn, timeZone);
  const after = (hours: number): Deps => ({ ...deps, now: () => new Date(cameAt + hours * HOUR_MS) });
  const of = { studentId, transferId: idOf(`${studentId}/transfer`) };
  if (brought.length === 0) {
    const year = { start: Number(stay.startsOn.slice(0, 4)) - 1, grade: stay.class.grade - 1 };
    const archive = await archiveOf({ child: child.name, madeAt: new Date(cameAt - HOUR_MS), ...year });
    const office = grantOf(schoolId, adminId, "school-admin:school");
    await bringTransfer(after(10), office, { ...of, incoming: Readable.from([archive]) });
  }
  await answerTransfer(after(19), grantOf(schoolId, parent.membershipId, "guardian:child"), of, "yes");
}

interface Leaving {
  readonly child: string;
  readonly madeAt: Date;
  /** Of the school year it was there for, and its grade then. */
  readonly start: number;
  readonly grade: number;
}

async function archiveOf({ child, madeAt, start, grade }: Leaving): Promise<Buffer> {
  const [{ zipSync }, { default: sharp }] = await Promise.all([import("fflate"), import("sharp")]);
  const picture = await sharp(await pictureOf(DRAWING))
    .webp()
    .toBuffer();
  const pictureName = `files/${sha256Of(picture)}.webp`;
  const school = { id: idOf(SCHOOL), name: SCHOOL };
  const portfolio: TransferredPortfolio = {
    format: TRANSFER_FORMAT,
    madeAt: madeAt.toISOString(),
    school,
    child: { name: child, sex: null, bornOn: null },
    years: [yearThere(start, grade, pictureName)],
    files: [{ name: pictureName, kind: "picture", bytes: picture.length }],
    leftOut: 0,
  };
  const text = Buffer.from(canonicalJson(portfolio));
  const files = { [PORTFOLIO_NAME]: sha256Of(text), [pictureName]: sha256Of(picture) };
  const manifest = { format: TRANSFER_FORMAT, school, madeAt: portfolio.madeAt, files };
  const entries = { [PORTFOLIO_NAME]: text, [SIGNATURE_NAME]: signed(manifest), [pictureName]: picture };
  return Buffer.from(zipSync(entries, { level: 0, mtime: madeAt }));
}

function yearThere(start: number, grade: number, picture: string): TransferredYear {
  const terms = [
    { zh: `${start}年秋季学期`, en: `Autumn ${start}` },
    { zh: `${start + 1}年春季学期`, en: `Spring ${start + 1}` },
  ];
  const summary = (term: { zh: string; en: string } | undefined, day: string, comment: string) => ({
    term: term ?? { zh: "", en: "" },
    comment,
    by: TEACHER,
    remarks: [],
    publishedAt: `${day}T08:30:00.000Z`,
    sha256: sha256Of(Buffer.from(comment)),
    verificationCode: "H7KM-2QXC-9TRD",
    paper: null,
  });
  return {
    name: `${start}–${start + 1}学年`,
    className: usualClassName(grade, 3),
    grade,
    terms: terms.map((name, place) => ({
      name,
      dimensions: DIMENSIONS.map((dimension, at) => ({
        dimension,
        name: DIMENSION_NAMES[dimension],
        stage: STAGES[place]?.[at] ?? "sprout",
      })),
    })),
    summaries: [
      summary(
        terms[0],
        `${start + 1}-01-20`,
        "你爱问为什么，江边的石头也能让你蹲下来看半天。小组里你总是先听别人说完。下学期，把你的问题写下来吧。",
      ),
      summary(
        terms[1],
        `${start + 1}-06-30`,
        "这学期你的问题本写满了一本，还为班里的植物角排了浇水表。跳绳从不敢跳到连跳三十个，你一次也没有放弃。",
      ),
    ],
    moments: [
      {
        dimension: "academic",
        point: { zh: "提出一个真问题", en: "Asks a genuine question" },
        note: "问：“江水为什么春天绿、夏天黄？”全班查了一个星期。",
        day: `${start + 1}-04-14`,
        isHighlight: true,
        pictures: [],
      },
    ],
    badges: [
      {
        name: { zh: "阅读章", en: "Reading badge" },
        dimension: "academic",
        level: 1,
        day: `${start + 1}-05-20`,
        by: TEACHER,
        said: "读完了六本书，还给低年级讲了两次。",
      },
    ],
    honours: [],
    works: [
      {
        title: "江上的桥",
        dimension: "arts",
        reflection: "桥墩画了三遍，水波是最后画的。",
        day: `${start + 1}-05-08`,
        word: { text: "桥很稳，水在动。", by: TEACHER },
        isHighlight: true,
        files: [picture],
      },
    ],
    activities: [
      {
        title: "江边拾垃圾",
        sort: "labour",
        startsOn: `${start + 1}-03-12`,
        endsOn: `${start + 1}-03-12`,
        place: "滨江公园",
        dimensions: ["labour", "moral"],
        part: "分类记录员",
        reflection: "最多的是塑料瓶盖，我数了四十七个。",
      },
    ],
    goals: [{ text: "每天记下一个问题", isReached: true }],
    voices: [
      { from: "peer", about: { zh: "谢谢你", en: "Thank you for" }, level: null, words: "教我折小船" },
    ],
  };
}

/** A JWS as RFC 7515 has it, by Ed25519, with the public key in its header. */
function signed(manifest: TransferManifest): Buffer {
  const key = keyOfSchool();
  const { x } = key.export({ format: "jwk" });
  const header = { alg: "EdDSA", typ: "JWT", jwk: { kty: "OKP", crv: "Ed25519", x } };
  const part = (of: object) => Buffer.from(JSON.stringify(of)).toString("base64url");
  const said = `${part(header)}.${part(manifest)}`;
  return Buffer.from(`${said}.${sign(null, Buffer.from(said), key).toString("base64url")}`);
}

/** The same at every start, and so no secret: a private key in PKCS #8 (RFC 8410) whose 32 bytes are made of a name. */
function keyOfSchool(): KeyObject {
  const head = Buffer.from("302e020100300506032b657004220420", "hex");
  const der = Buffer.concat([head, createHash("sha256").update(SCHOOL).digest()]);
  return createPrivateKey({ key: der, format: "der", type: "pkcs8" });
}

function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
