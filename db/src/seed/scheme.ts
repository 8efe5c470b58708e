/**
 * The default indicator scheme: five dimensions and the 54 observation points of indicators.csv. What a new school
 * starts from; a school's own changes are another version.
 */
import { readFile } from "node:fs/promises";
import { DIMENSION_NAMES } from "@doudou/shared/domain/dimension-names.ts";
import { parseIndicatorCsv } from "@doudou/shared/domain/indicator-csv.ts";
import { EVEN_WEIGHT, type SchoolScheme } from "@doudou/shared/domain/school-scheme.ts";
import { DEFAULT_THRESHOLDS } from "@doudou/shared/domain/stages.ts";
import { perDimension } from "@doudou/shared/domain/words.ts";
import type { Store } from "../engines/database.ts";
import { addPublishedScheme } from "../repositories/indicators.ts";

/**
 * The default scheme as its table has it, all of it core. Read it before a write begins: a write waits for nothing but
 * the database.
 */
export async function defaultScheme(): Promise<SchoolScheme> {
  const { scheme, errors } = parseIndicatorCsv(
    await readFile(new URL("indicators.csv", import.meta.url), "utf8"),
  );
  if (!scheme) throw new Error(`indicators.csv: ${JSON.stringify(errors)}`);
  const dimensions = perDimension((dimension) => ({
    name: DIMENSION_NAMES[dimension],
    weight: EVEN_WEIGHT,
    thresholds: DEFAULT_THRESHOLDS[dimension],
  }));
  return { dimensions, indicators: scheme.indicators };
}

/** Publishes the default scheme for an academic year of a school. @returns the scheme's id */
export async function createDefaultScheme(
  store: Store,
  schoolId: string,
  academicYearId: string,
  options: {
    readonly scheme: SchoolScheme;
    readonly version: number;
    readonly publishedAt: Date;
    readonly newId: () => string;
  },
): Promise<string> {
  const { newId, ...rest } = options;
  const id = newId();
  await addPublishedScheme(store, schoolId, { id, academicYearId, ...rest }, newId);
  return id;
}
