import { parseArgs } from "node:util";
import { type Engine, openFleet } from "./fleet.ts";
import { morning } from "./morning.ts";
import { steadyLoad } from "./steady-load.ts";

// npm run capacity [-- --tills 100,1000,5000,10000] [-- --engine sqlite|postgres] [-- --instances N] [-- --seconds N]
//
// How many tills head office bears. Each till is the product's own synchronisation at its timetable's pace, with a key of
// its own, over stores in memory; head office is `node headoffice/main.ts`, once on SQLite, or N times on a PostgreSQL.
// One JSON object a line for each step. Everything runs on this machine: look at the processor times, which say what an
// instance costs, before the answer times, which also wait for the tills' own work.
//
// --idle           nobody sells anything
// --morning N      instead: every till has N sales waiting, and all begin at the same moment
// --speed N        the timetable runs N times faster than a clock: 1,000 tills at 10 ask as often as 10,000

const { values } = parseArgs({
  options: {
    tills: { type: "string", default: "100,1000,5000,10000" },
    engine: { type: "string", default: "sqlite" },
    instances: { type: "string" },
    seconds: { type: "string", default: "60" },
    speed: { type: "string", default: "1" },
    morning: { type: "string" },
    idle: { type: "boolean", default: false },
  },
});
const engine = engineOf(values.engine);
const steps = values.tills.split(",").map((text) => wholeNumber("tills", text, 10_000));
const speed = wholeNumber("speed", values.speed, 100);
const seconds = wholeNumber("seconds", values.seconds, 3_600);
const instances = engine === "sqlite" ? 1 : wholeNumber("instances", values.instances ?? "2", 7);

const fleet = await openFleet({ engine, instances, tills: Math.max(...steps), speed });
try {
  if (values.morning !== undefined) {
    say(await morning(fleet, engine, wholeNumber("morning", values.morning, 10_000)));
  } else {
    for (const tills of steps.toSorted((a, b) => a - b)) {
      say(await steadyLoad(fleet, engine, { tills, seconds, speed, isIdle: values.idle }));
    }
  }
} finally {
  await fleet.close();
}

function say(row: object): void {
  process.stdout.write(`${JSON.stringify(row)}\n`);
}

function engineOf(text: string): Engine {
  if (text === "sqlite" || text === "postgres") return text;
  return giveUp(`--engine: sqlite or postgres, not ${text}`);
}

function wholeNumber(name: string, text: string, most: number): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 1 && value <= most) return value;
  return giveUp(`--${name}: a whole number from 1 to ${most}, not ${text}`);
}

function giveUp(words: string): never {
  process.stderr.write(`capacity: ${words}\n`);
  process.exit(2);
}
