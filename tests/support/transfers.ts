/** Transfer files for tests: made as another school's server would make them, honest and not. */
import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { zipSync } from "fflate";
import { v7 as uuidv7 } from "uuid";
import type { TransferredPortfolio, TransferredYear } from "@doudou/shared/contract/transfers.ts";
import { canonicalJson } from "@doudou/shared/domain/canonical-json.ts";
import { PORTFOLIO_NAME, SIGNATURE_NAME, TRANSFER_FORMAT } from "@doudou/shared/domain/transfer.ts";
import type { FileKind } from "@doudou/shared/domain/works.ts";
import { DIMENSIONS } from "@doudou/shared/domain/words.ts";
import type { Answer } from "./client.ts";
import type { Person } from "./school.ts";
import type { World } from "./world.ts";

const said = (zh: string, en: string) => ({ zh, en });

/** A year with one of everything. @param files by the names of the archive */
export function yearAtEarlierSchool(files: readonly string[] = []): TransferredYear {
  return {
    name: "2025–2026",
    className: "二(1)班",
    grade: 2,
    terms: [
      {
        name: said("2025年秋季学期", "Autumn 2025"),
        dimensions: DIMENSIONS.map((dimension) => ({
          dimension,
          name: said(dimension, dimension),
          stage: "leaf",
        })),
      },
    ],
    summaries: [
      {
        term: said("2025年秋季学期", "Autumn 2025"),
        comment: "你爱问为什么。",
        by: "何老师",
        remarks: [{ subject: said("美术", "Art"), by: "余老师", text: "画得很认真。" }],
        publishedAt: "2026-01-20T02:00:00.000Z",
        sha256: "a".repeat(64),
        verificationCode: "ABCD-EFGH",
        paper: null,
      },
    ],
    moments: [
      {
        dimension: "moral",
        point: said("帮助同学", "Helps a classmate"),
        note: "扶起了摔倒的同学。",
        day: "2025-11-04",
        isHighlight: true,
        pictures: [],
      },
    ],
    badges: [
      {
        name: said("阅读章", "Reading badge"),
        dimension: "academic",
        level: 1,
        day: "2025-12-01",
        by: "何老师",
        said: "读完了十本书。",
      },
    ],
    honours: [
      {
        title: "绘画比赛一等奖",
        level: "city",
        givenBy: "少年宫",
        day: "2025-12-20",
        dimension: "arts",
        isHighlight: false,
        certificate: null,
      },
    ],
    works: [
      {
        title: "外婆家的院子",
        dimension: "arts",
        reflection: "我画了一个下午。",
        day: "2025-10-10",
        word: { text: "颜色真暖。", by: "何老师" },
        isHighlight: true,
        files: [...files],
      },
    ],
    activities: [
      {
        title: "和爷爷去植物园",
        sort: "family",
        startsOn: "2025-10-02",
        endsOn: "2025-10-03",
        place: "植物园",
        dimensions: ["academic", "labour"],
        part: "",
        reflection: "我认识了七种蕨。",
      },
    ],
    goals: [{ text: "每天读十分钟", isReached: true }],
    voices: [{ from: "peer", about: said("谢谢你", "Thank you for"), level: null, words: "借我橡皮" }],
  };
}

/** The key of a school that no server here knows. */
export const strangeKey = (): KeyObject => generateKeyPairSync("ed25519").privateKey;

export interface Forged {
  readonly files?: readonly {
    readonly kind: FileKind;
    readonly ending: string;
    readonly bytes: Uint8Array;
  }[];
  readonly over?: Partial<TransferredPortfolio>;
  readonly key?: KeyObject;
  /** Changes the archive after it was signed. */
  readonly alter?: (entries: Record<string, Uint8Array>) => Record<string, Uint8Array>;
  /** As it lies in the archive: 0 as it is, more packed. */
  readonly level?: 0 | 9;
}

/** An archive as another school makes it. */
export function transferArchive({
  files = [],
  over = {},
  key = strangeKey(),
  alter = (all) => all,
  level = 0,
}: Forged = {}): Buffer {
  const named = files.map((file) => ({ ...file, name: `files/${sha256(file.bytes)}.${file.ending}` }));
  const portfolio: TransferredPortfolio = {
    format: TRANSFER_FORMAT,
    madeAt: "2026-09-01T02:00:00.000Z",
    school: { id: uuidv7(), name: "海边小学" },
    child: { name: "林小满", sex: null, bornOn: null },
    years: [yearAtEarlierSchool(named.map(({ name }) => name))],
    files: named.map(({ name, kind, bytes }) => ({ name, kind, bytes: bytes.length })),
    leftOut: 0,
    ...over,
  };
  const text = Buffer.from(canonicalJson(portfolio));
  const { format, school, madeAt } = portfolio;
  const hashes = Object.fromEntries(named.map(({ name, bytes }) => [name, sha256(bytes)]));
  const manifest = { format, school, madeAt, files: { [PORTFOLIO_NAME]: sha256(text), ...hashes } };
  return Buffer.from(
    zipSync(
      alter({
        [PORTFOLIO_NAME]: text,
        [SIGNATURE_NAME]: Buffer.from(signed(manifest, key)),
        ...Object.fromEntries(named.map(({ name, bytes }) => [name, new Uint8Array(bytes)])),
      }),
      { level },
    ),
  );
}

function signed(payload: object, key: KeyObject): string {
  const jwk = key.export({ format: "jwk" });
  const header = {
    alg: "EdDSA",
    kid: "somewhere",
    jwk: { kty: "OKP", crv: "Ed25519", x: jwk.x },
    typ: "JWT",
  };
  const part = (of: object) => Buffer.from(JSON.stringify(of)).toString("base64url");
  const told = `${part(header)}.${part(payload)}`;
  return `${told}.${sign(null, Buffer.from(told), key).toString("base64url")}`;
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** The office brings an archive for a child. */
export async function bring(
  world: World,
  by: Person,
  studentId: string,
  archive: Uint8Array,
  id: string = uuidv7(),
): Promise<Omit<Answer, "bytes"> & { readonly id: string }> {
  const response = await world.app.server.inject({
    method: "PUT",
    url: `/api/v1/students/${studentId}/transfers/${id}`,
    headers: { cookie: await world.signIn(by), "content-type": "application/zip" },
    payload: Buffer.from(archive),
  });
  const isProblem = String(response.headers["content-type"]).includes("problem");
  return {
    id,
    status: response.statusCode,
    code: isProblem ? response.json<{ code: string }>().code : undefined,
    headers: response.headers,
    body: response.body,
  };
}
