/** Indicator schemes being written. A published version is frozen: nothing here changes one. */
import type { StageThresholds } from "@doudou/shared/domain/stages.ts";
import type { IndicatorScheme } from "@doudou/shared/domain/indicators.ts";
import { type Bilingual, DIMENSIONS, type PerDimension } from "@doudou/shared/domain/words.ts";
import type { Store } from "../engines/database.ts";
import { insertRows } from "./bulk.ts";

export interface NewScheme {
  readonly id: string;
  readonly academicYearId: string;
  readonly version: number;
  readonly publishedAt: Date;
  readonly dimensions: PerDimension<{ readonly name: Bilingual; readonly thresholds: StageThresholds }>;
  readonly scheme: IndicatorScheme;
}

/** Writes a whole scheme down as published, its points in the given order. @throws when the year has that version */
export async function addPublishedScheme(
  store: Store,
  schoolId: string,
  { id: schemeId, academicYearId, version, publishedAt, dimensions, scheme }: NewScheme,
  newId: () => string,
): Promise<void> {
  const { indicatorScheme, schemeDimension, indicator, observationPoint } = store.tables;
  await insertRows(store, indicatorScheme, [
    { schoolId, id: schemeId, academicYearId, version, status: "published", publishedAt },
  ]);
  await insertRows(
    store,
    schemeDimension,
    DIMENSIONS.map((dimension) => {
      const { name, thresholds } = dimensions[dimension];
      return { schoolId, schemeId, dimension, nameZh: name.zh, nameEn: name.en, thresholds };
    }),
  );
  const indicators = scheme.indicators.map((of, position) => ({ ...of, id: newId(), position }));
  await insertRows(
    store,
    indicator,
    indicators.map(({ id, code, dimension, name, position }) => {
      return { schoolId, id, schemeId, dimension, code, nameZh: name.zh, nameEn: name.en, position };
    }),
  );
  await insertRows(
    store,
    observationPoint,
    indicators
      .flatMap(({ id: indicatorId, dimension, points }) =>
        points.map((point) => ({ ...point, indicatorId, dimension })),
      )
      .map(({ name, who, subjects, ...point }, position) => {
        const words = { nameZh: name.zh, nameEn: name.en, givers: [...who], subjectCodes: [...subjects] };
        return { ...point, ...words, schoolId, id: newId(), schemeId, position };
      }),
  );
}
