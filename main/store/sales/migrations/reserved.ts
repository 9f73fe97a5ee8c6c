import type { Migration } from "../../migrate.ts";

/** The place of a step that changes nothing: its number is taken, and those after it keep theirs. */
export function reserved(version: number): Migration {
  return { version, sql: "" };
}
