import { type HeadOffice } from "../open-head-office.ts";
import type { Options } from "./options.ts";
import { listenErrorWords } from "./words.ts";

/** Answers under way at the end get this long; a till that hears nothing sends again. Milliseconds. */
const mostClosingMs = 10_000;

/** Serves until it is told to end. @returns the process's exit code */
export async function serve(
  { app, office, close }: HeadOffice,
  { host, port }: Extract<Options, { readonly command: "serve" }>,
): Promise<number> {
  const told = untilTold();
  try {
    const url = await app.listen({ host, port });
    process.stdout.write(`head office ready on ${url}\n`);
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

function untilTold(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => resolve(signal));
  });
}
