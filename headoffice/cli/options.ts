import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { fail, ok, type Result } from "#core/result.ts";
import type { DatabaseChoice } from "../store/open-store.ts";

export const commands = ["serve", "relay", "shop", "fill", "enrol-code", "revoke", "rebuild"] as const;

export const help = `Usage: npm run headoffice -- [command] [options]

The server for many shops: takes in the tills' journals, keeps them for ever, and gives out
what tills need. Without a command it serves until SIGTERM or SIGINT; the first line on standard
output is "head office ready on http://HOST:PORT", log lines (JSON) go to standard error.

  serve         serve (the default)
  relay         keep what a shop's tills cannot send while the line is out, and send it on later;
                the same as --relay: --upstream https://office.example, and at the first start
                --store BJ01 --terminal R1 --code ABCDE-FGHJK
  shop          add a shop or rename it: --store BJ01 --name-zh 朝阳店 [--name-en Chaoyang]
  fill          give a shop without goods its first goods and people, from a folder such as
                resources/demo-store: --store BJ01 --from DIR
  enrol-code    print a code by which one till may enrol within ten minutes:
                --store BJ01 --terminal T01 [--replace] [--relay]
  revoke        take a till out: --store BJ01 --terminal T01
  rebuild       build sales, refunds, shifts and totals again from the journals

  --host HOST          address to listen on (default 127.0.0.1; put a TLS proxy in front of it)
  --port N             port to listen on (default 8460; 0: any free one)
  --data-dir DIR       folder of the embedded database (default ./headoffice-data)
  --database-url URL   a PostgreSQL database instead: postgres://user:password@host:port/name;
                       also read from HEADOFFICE_DATABASE_URL, which other users cannot see
  --name NAME          what the office is called, kept from its first start (default Tillway)
  --merchant FILE      whom customers pay by their own phones while a till has no line: WeChat Pay's
                       merchant and where its keys are, as docs/HEADOFFICE.md shows
  --upstream URL       of a relay: head office's address, https, or http on this machine
  --code CODE          of a relay: made at head office by enrol-code with --relay
  --relay              be a relay; with enrol-code: the code is for a relay
  --replace            the new till takes the place of the one enrolled under this name
  --help               this text
`;

const storeCode = z.string().regex(/^[A-Z0-9]{2,4}$/, "--store: 2 to 4 of A-Z and 0-9, e.g. BJ01");
const terminalId = z.string().regex(/^[A-Z0-9]{2,4}$/, "--terminal: 2 to 4 of A-Z and 0-9, e.g. T01");
const place = { storeCode, terminalId };
const common = { dataDir: z.string(), databaseUrl: z.string().optional(), officeName: z.string().min(1).max(80) };

const listening = {
  host: z.string().min(1),
  port: z.coerce
    .number("--port: a number from 0 to 65535")
    .int("--port: a number from 0 to 65535")
    .min(0, "--port: a number from 0 to 65535")
    .max(65_535, "--port: a number from 0 to 65535"),
};
const upstreamWords = "--upstream: head office's address, https, or http on this machine";
const codeWords = "--code: ten letters and digits, as enrol-code printed them";

const schema = z.discriminatedUnion("command", [
  z.object({
    ...{ command: z.literal("serve"), ...common, ...listening },
    merchantFile: z.string().min(1, "--merchant: a file").optional(),
  }),
  z.object({
    ...{ command: z.literal("relay"), ...common, ...listening },
    upstream: z.url(upstreamWords).max(256).refine(isPrivateWay, upstreamWords),
    enrol: z.object({ place: z.object(place), code: z.string().regex(/^[2-9A-HJKMNP-Z]{10}$/, codeWords) }).optional(),
  }),
  z.object({
    ...{ command: z.literal("shop"), ...common, storeCode },
    nameZh: z.string("--name-zh: the shop's name in Chinese").min(1).max(80, "--name-zh: at most 80 characters"),
    nameEn: z.string().max(80, "--name-en: at most 80 characters"),
  }),
  z.object({
    ...{ command: z.literal("fill"), ...common, storeCode },
    from: z.string("--from: a folder with categories.json, items.jsonl and people.json").min(1),
  }),
  z.object({ command: z.literal("enrol-code"), ...common, ...place, replace: z.boolean(), relay: z.boolean() }),
  z.object({ command: z.literal("revoke"), ...common, ...place }),
  z.object({ command: z.literal("rebuild"), ...common }),
]);

export type Options = z.infer<typeof schema>;

/** What was asked for, or a sentence about what is wrong with it; `help` where that was asked. */
export function readOptions(args: readonly string[], env: NodeJS.ProcessEnv): Result<Options | "help", string> {
  let parsed;
  try {
    parsed = parse(args);
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = parsed;
  if (values.help) return ok("help");
  const [asked = "serve", ...more] = positionals;
  const command = asked === "serve" && values.relay ? "relay" : asked;
  if (more.length > 0) return fail(`one command at a time, not also ${more.join(" ")}`);
  if (!commands.some((known) => known === command))
    return fail(`there is no ${command}; there are ${commands.join(", ")}`);
  const read = schema.safeParse({
    ...{ command, host: values.host, port: values.port, dataDir: values["data-dir"], officeName: values.name },
    ...{ storeCode: values.store ?? "", terminalId: values.terminal ?? "", replace: values.replace },
    ...{ nameZh: values["name-zh"], nameEn: values["name-en"], from: values.from },
    merchantFile: values.merchant,
    ...{ relay: values.relay, upstream: values.upstream, enrol: enrolling(values) },
    databaseUrl: values["database-url"] ?? env["HEADOFFICE_DATABASE_URL"],
  });
  if (!read.success) return fail(read.error.issues.map(({ message }) => message).join("; "));
  const { databaseUrl } = read.data;
  const isPostgres = databaseUrl === undefined || /^postgres(?:ql)?:\/\//.test(databaseUrl);
  return isPostgres ? ok(read.data) : fail("--database-url begins with postgres://");
}

export function databaseOf({ command, databaseUrl, dataDir }: Options): DatabaseChoice {
  // A relay's shelf is a file of its own: a shop has no database server, and a head office is not to be taken for one.
  if (command === "relay") return { kind: "sqlite", path: join(resolve(dataDir), "relay.db") };
  if (databaseUrl !== undefined) return { kind: "postgres", url: databaseUrl };
  return { kind: "sqlite", path: join(resolve(dataDir), "office.db") };
}

/** A code is typed at the first start only; then the place goes with it. */
function enrolling({ store, terminal, code }: ReturnType<typeof parse>["values"]) {
  if (code === undefined) return undefined;
  return {
    place: { storeCode: store ?? "", terminalId: terminal ?? "" },
    code: code.replaceAll(/[\s-]/gu, "").toUpperCase(),
  };
}

function isPrivateWay(url: string): boolean {
  return /^(?:https:\/\/|http:\/\/(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])(?::\d+)?(?:\/|$))/.test(url);
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      host: { type: "string", default: "127.0.0.1" },
      port: { type: "string", default: "8460" },
      "data-dir": { type: "string", default: "headoffice-data" },
      "database-url": { type: "string" },
      name: { type: "string", default: "Tillway" },
      store: { type: "string" },
      terminal: { type: "string" },
      "name-zh": { type: "string" },
      "name-en": { type: "string", default: "" },
      from: { type: "string" },
      merchant: { type: "string" },
      upstream: { type: "string" },
      code: { type: "string" },
      relay: { type: "boolean", default: false },
      replace: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
}
