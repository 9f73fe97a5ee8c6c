// An old till in a process of its own, so that it can be killed: `node old-till.ts FOLDER`. The folder holds `doors.json` and
// its notebook. Before each thing it does it says so on standard output, one JSON object a line, and where it says `waits` it
// goes on at the next word on standard input: whoever kills it knows exactly what it has done.
import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { request } from "node:https";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { until } from "#tests/support/poll.ts";
import { at, type Json, payment, poiTransaction, wordOf } from "../messages.ts";
import type { Doors, Note, OldTillWord } from "./old-till-words.ts";

const [folder = ""] = process.argv.slice(2);
const doors = JSON.parse(readFileSync(join(folder, "doors.json"), "utf8")) as Doors; // written by who starts this
const notebook = join(folder, "notebook.jsonl");
/** Slower than the door's limit of sixty in ten seconds. */
const betweenAskingsMs = 250;
const answerWithinMs = 60_000;
/** Nothing was begun: the same request may be sent again, word for word. */
const notBegun = ["Busy", "LoggedOut", "UnavailableService", "InProgress"];

const words = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const notes = readNotes();
for (;;) {
  const open = openNote() ?? (await newNote());
  const door = await waits({ kind: "noted", number: open.number });
  const { word, transactionId } = await askUntilItIsKnown(open, door);
  await waits({ kind: "heard", number: open.number, word });
  const ended = { ...open, word, transactionId };
  keep(ended);
  tell({ kind: "kept", ...ended });
}

/** The request whose answer it does not have: it was killed before it had written one down. */
function openNote(): Note | null {
  const last = notes.at(-1);
  return last === undefined || last.word !== null ? null : last;
}

/** On its disk before anybody is asked. The last sale once more, if it is told so, under another number of the request. */
async function newNote(): Promise<Note> {
  const said = await waits({ kind: "next" });
  const last = notes.at(-1);
  const number = last === undefined ? 1 : said === "again" ? last.number : last.number + 1;
  const tries = 1 + notes.filter((note) => note.number === number && note.word !== null).length;
  const note = { number, service: `K${number}-${tries}`, fen: 1_000 + number, word: null, transactionId: null };
  keep(note);
  return note;
}

function keep(note: Note): void {
  appendFileSync(notebook, `${JSON.stringify(note)}\n`);
  const file = openSync(notebook, "r");
  fsyncSync(file);
  closeSync(file);
  notes.push(note);
}

function readNotes(): Note[] {
  if (!existsSync(notebook)) return [];
  const lines = readFileSync(notebook, "utf8").split("\n");
  // What a kill cut off was not written down.
  return lines.slice(0, -1).map((line) => JSON.parse(line) as Note);
}

/** By one door and the other in turn, the very same message. */
async function askUntilItIsKnown(note: Note, first: string): Promise<{ word: string; transactionId: string | null }> {
  const { number, service, fen } = note;
  const text = payment({ service, sale: `T${number}`, yuan: Number(`${fen}e-2`), saleId: "OLD-1" });
  for (let turn = first === "https" ? 0 : 1; ; turn += 1) {
    const answer = await (turn % 2 === 0 ? byHttps(text, number) : byFolder(text, note)).catch(() => null);
    const word = answer === null ? "no answer" : wordOf(answer);
    if (answer !== null && at(answer, "SaleToPOIResponse") !== undefined && !notBegun.includes(word))
      return { word, transactionId: word === "Success" ? poiTransaction(answer) : null };
    const nextMs = performance.now() + betweenAskingsMs;
    await until("it asks again", () => performance.now() >= nextMs);
  }
}

function byHttps(text: string, number: number): Promise<Json> {
  const { promise, resolve, reject } = Promise.withResolvers<Json>();
  const { port, token, certificatePem: ca } = doors;
  const way = { host: "127.0.0.1", port, path: "/nexo", method: "POST", ca, agent: false, timeout: answerWithinMs };
  const made = request({ ...way, headers: { authorization: `Bearer ${token}` } }, (response) => {
    let body = "";
    response.setEncoding("utf8");
    response.on("data", (part: string) => (body += part));
    response.on("error", reject);
    response.on("close", () => {
      if (response.statusCode === 200 && response.complete) resolve(JSON.parse(body) as Json); // whatever it is
      else reject(new Error(`status ${response.statusCode}`));
    });
  });
  made.on("error", reject);
  made.on("timeout", () => made.destroy(new Error("no answer")));
  made.on("finish", () => tell({ kind: "asked", number }));
  made.end(text);
  return promise;
}

async function byFolder(text: string, { number, service }: Note): Promise<Json> {
  const path = join(doors.dropFolder, "requests", `${service}.json`);
  const answer = join(doors.dropFolder, "responses", `${service}.json`);
  mkdirSync(join(doors.dropFolder, "requests"), { recursive: true });
  writeFileSync(`${path}.tmp`, text);
  renameSync(`${path}.tmp`, path);
  tell({ kind: "asked", number });
  await until("the answer is there", () => existsSync(answer), answerWithinMs);
  const said = JSON.parse(readFileSync(answer, "utf8")) as Json; // whatever it is
  rmSync(answer);
  return said;
}

async function waits(word: OldTillWord): Promise<string> {
  tell(word);
  const said = await words.next();
  if (said.done === true) process.exit(0);
  return said.value;
}

function tell(word: OldTillWord): void {
  process.stdout.write(`${JSON.stringify(word)}\n`);
}
