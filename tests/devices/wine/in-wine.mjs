import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { createRequire } from "node:module";
import { basename } from "node:path";

// Runs under Wine, on a Node for Windows: node in-wine.mjs BINARY. Plain JavaScript, because that Node takes no types.
// A line for each case, then `N passed, N failed`.

const addon = createRequire(import.meta.url)(process.argv[2] ?? "");
/** @type {(call: string, ...args: readonly unknown[]) => Promise<any>} */
const ask = (call, ...args) => new Promise((resolve) => addon[call](...args, resolve));
const unknownQueue = "没有这台打印机";

/** @type {Record<string, () => unknown>} */
const cases = {
  [`loads in ${basename(process.execPath)}, whatever the program is called`]: () => {
    deepEqual([addon.platform, addon.sources.length, process.platform], ["win32", 64, "win32"]);
  },
  "lists the printer queues": async () => {
    const listed = await ask("listQueues");
    ok(listed.ok && Array.isArray(listed.queues), JSON.stringify(listed));
  },
  "lists the keyboards by their device names": () => {
    const keyboards = addon.listKeyboards();
    ok(keyboards.length > 0 && keyboards.every((/** @type {string} */ name) => name.startsWith("\\\\?\\HID#VID_")));
  },
  "says 1801 for an unknown queue with a Chinese name": async () => {
    const asked = await ask("queueStatus", unknownQueue);
    deepEqual([asked.ok, asked.code], [false, "1801"]);
  },
  "refuses a RAW document for it, a look at one and taking one back": async () => {
    const answers = [
      await ask("printRaw", unknownQueue, "小票", Buffer.from("\x1b@")),
      await ask("jobStatus", unknownQueue, 1),
      await ask("deleteJob", unknownQueue, 1),
    ];
    deepEqual(
      answers.map(({ code }) => code),
      ["1801", "1801", "1801"],
    );
    ok(answers.every(({ message }) => message.startsWith("error 1801")));
  },
  "asks a hundred times at once and forgets no answer": async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, () => ask("queueStatus", unknownQueue)));
    ok(answers.every(({ code }) => code === "1801"));
  },
  "hears the keyboards by one watch at a time, and stops": () => {
    equal(
      addon.watchKeyboards(() => {}),
      true,
    );
    equal(
      addon.watchKeyboards(() => {}),
      false,
    );
    addon.unwatchKeyboards();
    equal(
      addon.watchKeyboards(() => {}),
      true,
    );
    addon.unwatchKeyboards();
  },
  "throws at calls that make no sense": () => {
    throws(() => addon.queueStatus(7, () => {}));
    throws(() => addon.queueStatus("queue"));
    throws(() => addon.printRaw("queue", "name", "text", () => {}));
    throws(() => addon.jobStatus("queue", 0, () => {}));
    throws(() => addon.queueStatus("a\0b", () => {}));
  },
};

let failed = 0;
for (const [name, run] of Object.entries(cases)) {
  try {
    await run();
    console.log(`ok      ${name}`);
  } catch (cause) {
    failed += 1;
    console.log(`FAILED  ${name}: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}
console.log(`${Object.keys(cases).length - failed} passed, ${failed} failed`);
