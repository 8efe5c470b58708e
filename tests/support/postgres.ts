/**
 * A PostgreSQL database of one's own, for a test file that runs on the second engine.
 * Its owner is an ordinary role, so that row-level security can bite; never hand out the superuser.
 */
import { randomUUID } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";

export type PostgresDatabase = {
  /** Connects as the database's owner: no superuser, no right to bypass row-level security. */
  url: string;
  /** Ends every connection to the database and removes it with its role. */
  drop: () => Promise<void>;
};

/**
 * Creates an empty database with an owner of its own, beside those of all other tests.
 * An owner is exempt from row-level security on their own tables unless the table says FORCE.
 */
export async function freshPostgresDatabase(): Promise<PostgresDatabase> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await asSuperuser(
    `CREATE ROLE ${name} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD '${name}'`,
    `CREATE DATABASE ${name} OWNER ${name}`,
  );
  const url = new URL(inject("postgresUrl"));
  url.username = name;
  url.password = name;
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => asSuperuser(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`, `DROP ROLE IF EXISTS ${name}`),
  };
}

async function asSuperuser(...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: inject("postgresUrl") });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
