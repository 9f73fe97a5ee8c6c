import type { Migration } from "../../migrate.ts";

// Another relay under the same address has nothing of what the last one kept.
const sql = `
ALTER TABLE sync_state ADD COLUMN relay_key TEXT;
UPDATE sync_positions SET relay_acked = 0;
`;

/** Which relay `relay_acked` speaks of. */
export const relayKey: Migration = { version: 8, sql };
