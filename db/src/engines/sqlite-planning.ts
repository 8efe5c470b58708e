/**
 * What SQLite's planner is told of the data. Left alone it takes a school for a dozen rows, since every index begins with
 * the school: rather than sort three guardians of a child it reads all guardians of the school in their order. So it is told
 * of schools that are large, everywhere in the same way: plans are the same on every machine and in every year.
 * @source sqlite.org/queryplanner-ng.html, 4.2 "use of SQLITE_STAT1"; sqlite.org/fileformat2.html, 2.6.1
 */
import type BetterSqlite3 from "better-sqlite3";

const ROWS = 1_000_000;
const ROWS_OF_A_SCHOOL = 50_000;
/** Of one child, one class, one teacher; or of the few that an index not of a school is kept for, such as what is due. */
const ROWS_OF_ONE = 250;
/** Columns that tell rows well apart; others, such as a state or a kind, have few values. */
const TELLS_APART = /(?:^|_)(?:id|no|seq|day|at|on|code|name|key|hash|sha256)$/;
const BETTER_BY = 200;
const SLIGHTLY_BETTER_BY = 4;

interface IndexColumn {
  readonly table: string;
  readonly index: string;
  readonly isUnique: 0 | 1;
  readonly column: string;
}

/** Writes it into the file unless it stands there; a connection that is opened afterwards plans by it. */
export function expectLargeSchools(client: BetterSqlite3.Database): void {
  const expected = expectedStatistics(client);
  if (isTold(client, expected)) return;
  const tell = client.transaction(() => {
    client.exec("ANALYZE schema_migration"); // makes the tables of statistics, which nothing else can
    client.exec("DELETE FROM sqlite_stat1");
    client.exec("DELETE FROM sqlite_stat4");
    const insert = client.prepare("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?, ?, ?)");
    for (const [index, { table, stat }] of expected) insert.run(table, index, stat);
  });
  tell.immediate();
  client.exec("ANALYZE sqlite_schema"); // reads them anew
}

function isTold(client: BetterSqlite3.Database, expected: ReturnType<typeof expectedStatistics>): boolean {
  const isThere = client.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_stat1'").get();
  if (isThere === undefined) return false;
  const told = client
    .prepare<[], { idx: string | null; stat: string }>("SELECT idx, stat FROM sqlite_stat1")
    .all();
  return (
    told.length === expected.size && told.every(({ idx, stat }) => expected.get(idx ?? "")?.stat === stat)
  );
}

/** Of each index: rows of its table, then how many have the same first column, first two columns, and so on. */
function expectedStatistics(
  client: BetterSqlite3.Database,
): Map<string, { readonly table: string; readonly stat: string }> {
  const columns = client
    .prepare<[], IndexColumn>(
      `SELECT t.name AS "table", iif(t.wr AND i.origin = 'pk', t.name, i.name) AS "index",
              i."unique" AS isUnique, c.name AS "column"
         FROM pragma_table_list t, pragma_index_list(t.name) i, pragma_index_info(i.name) c
        WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        ORDER BY t.name, i.name, c.seqno`,
    )
    .all();
  return new Map(
    [...Map.groupBy(columns, ({ index }) => index)].map(([index, of]) => {
      const [{ table, isUnique } = { table: "", isUnique: 0 }] = of;
      return [index, { table, stat: statOf(of, isUnique === 1) }];
    }),
  );
}

function statOf(columns: readonly IndexColumn[], isUnique: boolean): string {
  let rows = ROWS;
  const alike = columns.map(({ column }, place) => {
    if (isUnique && place === columns.length - 1) return 1;
    if (place === 0) rows = column === "school_id" ? ROWS_OF_A_SCHOOL : ROWS_OF_ONE;
    else if (TELLS_APART.test(column)) rows = Math.min(Math.ceil(rows / BETTER_BY), ROWS_OF_ONE);
    else rows = Math.ceil(rows / SLIGHTLY_BETTER_BY);
    return rows;
  });
  return [ROWS, ...alike].join(" ");
}
