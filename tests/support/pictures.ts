/** Pictures for tests, honest and hostile, drawn on the spot; and the families' consent to them. */
import { crc32, deflateSync } from "node:zlib";
import { and, eq, inArray, isNull } from "drizzle-orm";
import sharp from "sharp";
import { v7 as uuidv7 } from "uuid";
import type { Database } from "@doudou/db/engines/database.ts";
import { addConsents } from "@doudou/db/repositories/office.ts";

/** Where the phone that took the photo stood, as it writes it down. */
const GPS = {
  GPSLatitudeRef: "N",
  GPSLatitude: "39/1 54/1 15/1",
  GPSLongitudeRef: "E",
  GPSLongitude: "116/1 23/1 29/1",
};
const AGREED_AT = new Date("2026-09-01T01:00:00Z");

/** A photo as a phone takes it: JPEG with EXIF, lying on its side. The same shade gives the same bytes. */
export async function photo({ shade = 120, width = 800, height = 600 } = {}): Promise<Buffer> {
  return await sharp({ create: { width, height, channels: 3, background: { r: shade, g: 160, b: 90 } } })
    .withExif({ IFD0: { Make: "Phone", Model: "X", Artist: "林妈妈" }, IFD3: GPS })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
}

export async function pictureOf(kind: "png" | "webp" | "gif" | "tiff" | "avif"): Promise<Buffer> {
  const plain = sharp({ create: { width: 64, height: 48, channels: 3, background: "#2A6B3A" } });
  return await plain.toFormat(kind).toBuffer();
}

/** A file of a few hundred kilobytes that says it is so many pixels, and unpacks to all of them. */
export function bomb(side: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([1, 0, 0, 0, 0], 8); // one bit a pixel, grey
  const row = 1 + Math.ceil(side / 8);
  return Buffer.concat([
    Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.alloc(row * side), { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), body]);
  const whole = Buffer.alloc(named.length + 8);
  whole.writeUInt32BE(body.length, 0);
  named.copy(whole, 4);
  whole.writeUInt32BE(crc32(named), named.length + 4);
  return whole;
}

/** A real photo that is a web page, or an archive, as well. */
export async function polyglot(other: "html" | "zip"): Promise<Buffer> {
  const tail = { html: "<script>alert('doudou')</script>", zip: "PK\x03\x04 doudou.exe PK\x05\x06" }[other];
  return Buffer.concat([await photo(), Buffer.from(tail, "latin1")]);
}

/** The first bytes of what an iPhone writes unless told otherwise. */
export const heic = Buffer.concat([
  Buffer.of(0, 0, 0, 24),
  Buffer.from("ftypheic\0\0\0\0mif1heic", "latin1"),
]);

/** Of a school only what consents are written down with. */
interface Consenting {
  readonly id: string;
  readonly guardian: { readonly membershipId: string };
}

/** Guardians agree to photos of these children. */
export async function agreeToPhotos(
  database: Database,
  school: Consenting,
  children: readonly { readonly id: string }[],
  grantedAt = AGREED_AT,
): Promise<void> {
  await database.write(school.id, (store) =>
    addConsents(
      store,
      school.id,
      children.map(({ id: studentId }) => ({
        id: uuidv7(),
        studentId,
        guardianMembershipId: school.guardian.membershipId,
        purpose: "photo",
        noticeVersion: "1",
        method: "paper",
        grantedAt,
        withdrawnAt: null,
      })),
    ),
  );
}

/** The families of these children change their mind. */
export async function withdrawPhotos(
  database: Database,
  school: Pick<Consenting, "id">,
  children: readonly { readonly id: string }[],
  withdrawnAt: Date,
): Promise<void> {
  await database.write(school.id, async ({ db, tables: { consent } }) => {
    const ids = children.map(({ id }) => id);
    const isTheirs = and(eq(consent.schoolId, school.id), inArray(consent.studentId, ids));
    await db
      .update(consent)
      .set({ withdrawnAt })
      .where(and(isTheirs, eq(consent.purpose, "photo"), isNull(consent.withdrawnAt)));
  });
}
