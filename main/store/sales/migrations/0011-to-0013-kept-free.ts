import type { Migration } from "../../migrate.ts";

/** Numbers that changes under way have been given: each gives way to its own file. */
export const keptFree: readonly Migration[] = [11, 12, 13].map((version) => ({ version, sql: "SELECT 1;" }));
