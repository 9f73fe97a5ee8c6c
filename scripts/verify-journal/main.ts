import { createReadStream, statSync } from "node:fs";
import { parseArgs } from "node:util";
import { checkJournalFile, type Options } from "./check-journal-file.ts";
import { publicKeyOf } from "./signature.ts";

// npm run verify-journal -- FILE [--key PUBKEY]… [--office-key PUBKEY]…
//
// Checks an exported journal with nothing but the file and public keys (docs/JOURNAL.md). Prints the sums
// of each business day as JSON, every damage with its line, and a verdict as JSON last. Exit code 0: sound; 1: damaged;
// 2: there was nothing to check.

const usage = `npm run verify-journal -- FILE [--key PUBKEY]... [--office-key PUBKEY]...

  FILE          an exported journal
  --key PUBKEY  the terminal's public key, 43 characters, as head office shows it; several times where the terminal
                was enrolled again. Without it the key in the file is believed, which shows damage but no forgery.
  --office-key PUBKEY
                head office's public key, 43 characters; several times where it has had others. With it the
                confirmations of payments on the customer's phone are checked; without it their form alone is.`;

process.exitCode = await main();

async function main(): Promise<number> {
  const asked = readArguments();
  if (typeof asked === "string") return refuse(asked);
  const { file, keys, officeKeys } = asked;
  const wrong = [...keys, ...officeKeys].find((key) => publicKeyOf(key) === null);
  if (wrong !== undefined) return refuse(`this is no public key: ${wrong}\nIt has 43 letters, digits, - and _.`);
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return refuse(`there is no file ${file}`);

  const verdict = await checkJournalFile(() => createReadStream(file, { highWaterMark: 1_048_576 }), {
    ...{ keys, officeKeys },
  });
  const { days, damages, damageCount, notes, terminalKey, entries, epochs, isVouched } = verdict;
  for (const day of days) console.log(JSON.stringify(day));
  for (const { line, what } of damages) console.log(`line ${line}: ${what}`);
  if (damageCount > damages.length) console.log(`… and ${damageCount - damages.length} more`);
  for (const note of notes) console.log(`note: ${note}`);
  const isSound = damageCount === 0;
  console.log(
    JSON.stringify({ terminalKey, entries, epochs, days: days.length, damages: damageCount, isVouched, isSound }),
  );
  return isSound ? 0 : 1;
}

function readArguments(): ({ readonly file: string } & Required<Options>) | string {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        key: { type: "string", multiple: true },
        "office-key": { type: "string", multiple: true },
        help: { type: "boolean" },
      },
    });
    const [file, ...more] = positionals;
    if (values.help || file === undefined || more.length > 0) return usage;
    return { file, keys: values.key ?? [], officeKeys: values["office-key"] ?? [] };
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}\n\n${usage}`;
  }
}

function refuse(why: string): number {
  console.error(why);
  return 2;
}
