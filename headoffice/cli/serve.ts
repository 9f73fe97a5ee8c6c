import { createPasswords } from "../admin/passwords.ts";
import { makeFirstAdmin } from "../admin/people.ts";
import { type HeadOffice } from "../open-head-office.ts";
import type { Relay } from "../relay/open-relay.ts";
import type { Options } from "./options.ts";
import { listenErrorWords } from "./words.ts";

/** Answers under way at the end get this long; a till that hears nothing sends again. Milliseconds. */
const mostClosingMs = 10_000;

type Place = Pick<Extract<Options, { readonly command: "serve" }>, "host" | "port">;

/** Serves until it is told to end. @returns the process's exit code */
export function serve(headOffice: HeadOffice, place: Place): Promise<number> {
  return listenUntilTold(headOffice, place, async (url) => {
    process.stdout.write(`head office ready on ${url}\n`);
    await tellFirstPassword(headOffice.office);
  });
}

/** Keeps and sends on until it is told to end. @returns the process's exit code */
export function serveRelay(relay: Relay, place: Place): Promise<number> {
  return listenUntilTold(relay, place, async (url) => {
    process.stdout.write(`relay ${relay.relayKey} ready on ${url}\n`);
    relay.sendOn.start();
  });
}

async function listenUntilTold(
  { app, office, close }: HeadOffice,
  { host, port }: Place,
  ready: (url: string) => Promise<void>,
): Promise<number> {
  const told = untilTold();
  try {
    await ready(await app.listen({ host, port }));
  } catch (error) {
    process.stderr.write(`${listenErrorWords(error, host, port)}\n`);
    await close();
    return 1;
  }
  office.log({ event: "started", engine: office.sql.engine });
  const signal = await told;
  office.log({ event: "ending", signal });
  const late = setTimeout(() => {
    office.log({ event: "ended-late" });
    process.exit(1);
  }, mostClosingMs);
  await close();
  clearTimeout(late);
  office.log({ event: "ended" });
  return 0;
}

/** Told once, at the first start of a new office: it is kept nowhere, and is to be changed at the first sign-in. */
async function tellFirstPassword({ sql, clock }: HeadOffice["office"]): Promise<void> {
  const password = await makeFirstAdmin(sql, createPasswords(), clock.now());
  if (password !== null) process.stdout.write(`first sign-in, shown once: name admin, password ${password}\n`);
}

function untilTold(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => resolve(signal));
  });
}
