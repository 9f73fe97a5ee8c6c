// Asks a head office, given by the source beside it, for the promises of an upload, on the PostgreSQL database named by the
// first argument. Prints the promises it breaks as a JSON array. Runs on its own so that a spoilt copy can be judged.
import pg from "pg";
import { openDay, sell } from "#tests/support/office-sales.ts";
import { openOfficeBench } from "#tests/support/office-bench.ts";
import { until } from "#tests/support/poll.ts";

const url = process.argv[2] ?? "";
const bench = await openOfficeBench({ kind: "postgres", url });
const broken: string[] = [];
const promise = (name: string, isKept: boolean) => {
  if (!isKept) broken.push(name);
};
const rows = async (table: string) =>
  (await bench.office.sql.first<{ n: number }>(`SELECT count(*) AS n FROM ${table}`))?.n ?? -1;

const till = await bench.enrolledTill();
openDay(till);
sell(till, 6);
const first = await till.upload(till.entries.slice(0, 4));
const again = await till.upload(till.entries.slice(0, 6));
promise("an upload that overlaps is taken once", again.status === 200 && again.json.acked.seq === 6);
promise("entries are stored once", first.status === 200 && (await rows("journal_events")) === 6);
promise("sales are counted once", (await rows("sales")) === 4);

const gapped = await till.upload([...till.entries.slice(4, 6), ...till.entries.slice(7)]);
promise("an acknowledgement ends at the gap", gapped.status === 200 && gapped.json.acked.seq === 6);

const clone = (await bench.enrolledTill("T02")).clone();
openDay(clone);
const other = clone.clone();
sell(clone, 2);
sell(other, 2, { cashierName: "somebody else" });
await clone.upload(clone.entries);
promise("other bytes under a stored key are a fork", (await other.upload(other.entries)).status === 409);

// Whoever holds the till's row keeps its upload from being committed, and so from being acknowledged.
const rival = new pg.Client({ connectionString: url });
await rival.connect();
await rival.query("BEGIN");
await rival.query("SELECT 1 FROM terminals WHERE terminal_id = 'T01' FOR UPDATE");
let isAnswered = false;
const waiting = till.upload(till.entries).then((answer) => {
  isAnswered = true;
  return answer;
});
await until("the upload waits for the row, or is answered", async () => {
  const { rowCount } = await rival.query("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'");
  return isAnswered || rowCount === 1;
});
// One that answers without waiting has done so by the time another request went there and back.
await till.request("GET", `/v1/terminals/${till.key}/positions`);
await till.request("GET", `/v1/terminals/${till.key}/positions`);
promise("nothing is acknowledged before it is committed", !isAnswered);
await rival.query("COMMIT");
await rival.end();
const late = await waiting;
promise("it is acknowledged when it is", late.status === 200 && late.json.acked.seq === 8);

process.stdout.write(`${JSON.stringify(broken)}\n`);
await bench.close();
