/** Small files that are no pictures, for tests: whole and cut short, honest and not. */

const box = (name: string, body: Buffer): Buffer => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write(name, 4, "latin1");
  return Buffer.concat([head, body]);
};

/** A PDF of one empty page; with a page of script in it where asked for. */
export function pdf({ tail = "" } = {}): Buffer {
  const objects = "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n";
  return Buffer.from(`%PDF-1.4\n${objects}${tail}trailer<</Root 1 0 R>>\n%%EOF\n`, "latin1");
}

/** A film, or a sound in the same container, whose pictures are so many bytes of nothing; with where the phone stood. */
export function mp4({ brand = "isom", bytes = 4096 } = {}): Buffer {
  const place = box("udta", box("\u00a9xyz", Buffer.from("+39.9042+116.4074/", "latin1")));
  const kind = Buffer.from(`${brand}\0\0\u0002\0${brand}iso2`, "latin1");
  return Buffer.concat([
    box("ftyp", kind),
    box("moov", Buffer.concat([box("mvhd", Buffer.alloc(64)), box("trak", place), place])),
    box("mdat", Buffer.alloc(bytes, 7)),
  ]);
}

/** A second of silence. */
export function wav(): Buffer {
  const samples = Buffer.alloc(8000);
  const head = Buffer.alloc(44);
  head.write("RIFF", 0, "latin1");
  head.writeUInt32LE(36 + samples.length, 4);
  head.write("WAVEfmt ", 8, "latin1");
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(8000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write("data", 36, "latin1");
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}
