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
import { createInterface } from "node:readline";
import { join } from "node:path";
import { until } from "#tests/support/poll.ts";
import { at, type Json, payment, poiTransaction, reversal, wordOf } from "../messages.ts";
import { askHttps } from "./ask-https.ts";
import { OldTillLine } from "./old-till-line.ts";
import { type DoorName, doorNames, type Doors, fenOf, type Note, type OldTillWord } from "./old-till-words.ts";

const [folder = ""] = process.argv.slice(2);
const doors = JSON.parse(readFileSync(join(folder, "doors.json"), "utf8")) as Doors; // written by who starts this
const notebook = join(folder, "notebook.jsonl");
/** Slower than the door's limit of sixty in ten seconds. */
const betweenAskingsMs = 250;
const answerWithinMs = 60_000;
/** Nothing was begun: the same request may be sent again, word for word. */
const notBegun = ["Busy", "LoggedOut", "UnavailableService", "InProgress"];

const line = new OldTillLine(doors.line);
const words = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const notes = readNotes();
const ways: Readonly<Record<DoorName, (text: string, note: Note) => Promise<Json>>> = {
  https: (text, { number }) => askHttps(doors, text, () => tell({ kind: "asked", number })),
  "serial line": (text, { number, service }) => line.ask(text, service, () => tell({ kind: "asked", number })),
  "drop folder": byFolder,
};
for (;;) {
  const open = openNote() ?? (await newNote());
  const { number, service, category } = open;
  const door = await waits({ kind: "noted", number, service, category });
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

/** On its disk before anybody is asked. */
async function newNote(): Promise<Note> {
  const said = await waits({ kind: "next" });
  const last = notes.at(-1);
  const note = noteFor(said, last);
  keep(note);
  return note;
}

/** A new sale, the last thing once more under another number of the request, or the last sale's money back. */
function noteFor(said: string, last: Note | undefined): Note {
  const number = last === undefined ? 1 : said === "next" ? last.number + 1 : last.number;
  const sold = notes.find((note) => note.number === number && note.word === "Success");
  const isBack = sold !== undefined && (said === "back" || last?.category === "Reversal");
  const category = isBack ? "Reversal" : "Payment";
  const before = notes.filter((note) => note.category === category && note.number === number && note.word !== null);
  const service = `${isBack ? "R" : "K"}${number}-${1 + before.length}`;
  const transactionId = isBack ? sold.transactionId : null;
  return { category, number, service, fen: fenOf(number), word: null, transactionId };
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
  const text = messageOf(note);
  const begin = doorNames.findIndex((door) => door === first);
  for (let turn = Math.max(begin, 0); ; turn += 1) {
    const way = ways[doorNames[turn % doorNames.length] ?? "https"];
    const answer = await way(text, note).catch(() => null);
    const word = answer === null ? "no answer" : wordOf(answer);
    if (answer !== null && at(answer, "SaleToPOIResponse") !== undefined && !notBegun.includes(word)) {
      const isPaid = note.category === "Payment" && word === "Success";
      return { word, transactionId: isPaid ? poiTransaction(answer) : note.transactionId };
    }
    const nextMs = performance.now() + betweenAskingsMs;
    await until("it asks again", () => performance.now() >= nextMs);
  }
}

function messageOf({ category, number, service, fen, transactionId }: Note): string {
  if (category === "Reversal") return reversal(service, transactionId ?? "");
  return payment({ service, sale: `T${number}`, yuan: Number(`${fen}e-2`), saleId: "OLD-1" });
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
