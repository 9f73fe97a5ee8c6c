import type { Migration } from "../migrate.ts";
import { journalTables } from "./0001-journal-tables.ts";
import { journalProjections } from "./0002-what-the-journal-tells.ts";
import { feedTables } from "./0003-feed-tables.ts";
import { peopleTables } from "./0004-people-tables.ts";
import { staticTakings } from "./0005-static-takings.ts";
import { relayTables } from "./0006-relay-tables.ts";
import { heldSaleTables } from "./0007-held-sales.ts";
import { sharedRefunds } from "./0008-shared-refunds.ts";
import { returnedGoods } from "./0009-returned-goods.ts";
import { salesById } from "./0010-sales-by-id.ts";
import { rowsByKey } from "./0011-rows-by-key.ts";
import { grantedGoods } from "./0012-granted-goods.ts";
import { carriedOrderTables } from "./0013-carried-orders.ts";
import { salesByIdAndTill } from "./0014-sales-by-id-and-till.ts";
import { packedBodies } from "./0015-packed-bodies.ts";

/** Every step there ever was, in order. */
export const officeMigrations: readonly Migration[] = [
  ...[journalTables, journalProjections, feedTables, peopleTables],
  ...[staticTakings, relayTables, heldSaleTables, sharedRefunds],
  ...[returnedGoods, salesById, rowsByKey, grantedGoods],
  ...[carriedOrderTables, salesByIdAndTill, packedBodies],
];
