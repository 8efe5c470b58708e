/** Children as they sit, as cells of a grid with aisles; who has no seat stands in rows behind. Pure. */
import type { Seating } from "@doudou/shared/domain/seating.ts";
import { turned, unseated } from "@doudou/shared/domain/seating-view.ts";

export interface Places {
  /** Row by row. */
  readonly ids: readonly string[];
  readonly of: ReadonlyMap<string, { readonly track: number; readonly row: number }>;
  readonly columns: number;
  readonly rows: number;
  readonly aisles: number;
  readonly tracks: readonly ("seat" | "aisle")[];
}

export function placesIn(plan: Seating, childIds: readonly string[], isFromTeacher: boolean): Places {
  const { columns, rows, aisles, seats } = isFromTeacher ? turned(plan) : plan;
  const standing = unseated(plan, childIds);
  const here = new Set(childIds);
  const of = new Map<string, { track: number; row: number }>();
  for (const [at, id] of [...seats, ...standing].entries()) {
    if (id === null || !here.has(id)) continue;
    const column = at % columns;
    const track = column + 1 + aisles.filter((aisle) => aisle < column).length;
    of.set(id, { track, row: Math.floor(at / columns) + 1 });
  }
  return {
    ids: [...of.keys()],
    of,
    columns,
    rows: rows + Math.ceil(standing.length / columns),
    aisles: aisles.length,
    tracks: Array.from({ length: columns }, (_, column) => column).flatMap((column) =>
      aisles.includes(column) ? (["seat", "aisle"] as const) : (["seat"] as const),
    ),
  };
}

/** Who sits above or below somebody, over free desks as well. @param pressed ArrowUp or ArrowDown, else nobody */
export function neighbourIn({ ids, of }: Places, fromId: string, pressed: string): string | undefined {
  const from = of.get(fromId);
  const inColumn = ids.filter((id) => of.get(id)?.track === from?.track);
  const at = inColumn.indexOf(fromId);
  if (pressed === "ArrowUp") return inColumn[at - 1];
  return pressed === "ArrowDown" ? inColumn[at + 1] : undefined;
}
