/**
 * The lint rules that are this project's own: which package may import which, and where the database may be spoken to.
 * Loaded by oxlint for every .ts file and every script block of a .svelte file; type imports, re-exports and
 * `import()` count like any other import. Must never know anything about a single feature.
 */
import { dirname, join, relative, resolve, sep } from "node:path";

const root = resolve(import.meta.dirname, "..");

/** Arrows only ever point this way. `tests` stands outside and may import everything. */
const layers: Record<string, readonly string[]> = {
  web: ["shared"],
  server: ["shared", "db"],
  db: ["shared"],
  shared: [],
};

/** Files two packages need that belong to neither's public face. */
const doors = [{ from: "server/src/start.ts", to: "web/build-if-stale.ts" }];

const databaseDrivers = /^(drizzle-orm|drizzle-kit|better-sqlite3|pg|node:sqlite)(\/|$)/;
const sql =
  /^\s*(SELECT\s|INSERT\s+INTO\s|UPDATE\s+\S+\s+SET\s|DELETE\s+FROM\s|CREATE\s+\w+\s|DROP\s+\w+\s|ALTER\s+\w+\s|PRAGMA\s)/;
const queryMethods = new Set(["select", "selectDistinct", "insert", "update", "delete", "execute"]);

/** Lucia's adapter is handed tables and a Drizzle database: the one place in the server that sees either. */
const mayUseDrizzle = (path: string) =>
  /^(db|tests)\//.test(path) || path === "server/src/access/sessions.ts";

export default {
  meta: { name: "doudou" },
  rules: {
    dependencies: { create: dependencies },
    "queries-in-db": { create: queriesInDb },
  },
};

function dependencies(context: Context): Visitor {
  const from = pathInRepository(context.filename);
  return forEachImport((source, node) => {
    const message = reasonAgainst(from, source);
    if (message !== undefined) context.report({ node, message });
  });
}

/** An import may only follow an arrow between packages, and a feature knows of another only its service. */
function reasonAgainst(from: string, source: string): string | undefined {
  const here = packageOf(from);
  const allowed = layers[here];
  if (!allowed) return undefined;

  const to = target(from, source);
  if (to === undefined) {
    const isDriver = databaseDrivers.test(source) && !mayUseDrizzle(from);
    if (isDriver) return `Only db may use ${source}: call a repository instead.`;
    if (here === "shared" && source.startsWith("node:")) return "shared is pure: no Node, no I/O.";
    return undefined;
  }

  if (doors.some((door) => door.from === from && door.to === to)) return undefined;
  const there = packageOf(to);
  if (here !== there) {
    const may = allowed.length > 0 ? allowed.join(" and ") : "no other package";
    if (!allowed.includes(there)) return `${here} may import ${may}, not ${to}.`;
    if (source.startsWith(".")) return `Import another package by its name: @doudou/${there}/…`;
  }
  if (to.startsWith("db/src/schema/") && !mayUseDrizzle(from)) {
    return "Only db knows its tables: call a repository instead.";
  }
  const feature = featureOf(to);
  if (feature && featureOf(from) && feature !== featureOf(from) && !to.endsWith("/service.ts")) {
    return `The inside of the feature ${feature} is its own: import its service.ts.`;
  }
  return undefined;
}

/** No SQL text and no query builder outside db. */
function queriesInDb(context: Context): Visitor {
  const path = pathInRepository(context.filename);
  if (mayUseDrizzle(path) || !(packageOf(path) in layers)) return {};
  const checkText = (node: Node, text: unknown) => {
    if (typeof text === "string" && sql.test(text))
      context.report({ node, message: "SQL lives in db/src/repositories." });
  };
  return {
    Literal: (node) => checkText(node, node["value"]),
    TemplateElement: (node) => checkText(node, asNode(node["value"])?.["raw"]),
    CallExpression: (node) => {
      const method = asNode(node["callee"]);
      const object = asNode(method?.["object"]);
      const name = asNode(method?.["property"])?.["name"];
      const objectName = object?.["name"] ?? asNode(object?.["property"])?.["name"];
      if (objectName === "db" && typeof name === "string" && queryMethods.has(name)) {
        context.report({ node, message: "Queries live in db/src/repositories." });
      }
    },
  };
}

function forEachImport(check: (source: string, node: Node) => void): Visitor {
  const visit = (node: Node) => {
    const source = asNode(node["source"]) ?? asNode(node["argument"]);
    const value = asNode(source?.["literal"])?.["value"] ?? source?.["value"];
    if (typeof value === "string") check(value, node);
  };
  return {
    ImportDeclaration: visit,
    ExportNamedDeclaration: visit,
    ExportAllDeclaration: visit,
    ImportExpression: visit,
    TSImportType: visit,
  };
}

/** Where an import leads, as a path in the repository; undefined when it leaves it (npm, node:). */
function target(from: string, source: string): string | undefined {
  if (source.startsWith(".")) return pathInRepository(join(root, dirname(from), source));
  const named = /^@doudou\/([^/]+)\/?(.*)$/.exec(source);
  return named ? `${named[1]}/src/${named[2]}` : undefined;
}

const pathInRepository = (file: string) => relative(root, file).split(sep).join("/");
const packageOf = (path: string) => path.split("/", 1)[0] ?? "";
const featureOf = (path: string) => /^server\/src\/features\/([^/]+)\//.exec(path)?.[1];

/** The little we need of the linter's syntax tree. */
type Node = { readonly [property: string]: unknown };
type Context = { readonly filename: string; report(problem: { node: Node; message: string }): void };
type Visitor = Record<string, (node: Node) => void>;

function asNode(value: unknown): Node | undefined {
  return typeof value === "object" && value !== null ? (value as Node) : undefined;
}
