import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { assert } from "#core/result.ts";
import { openHeadOffice } from "#headoffice/open-head-office.ts";
import type { FuzzParser } from "../parser.ts";
import { scratch } from "../scratch.ts";
import { requestSamples } from "./wire-samples.ts";

const problems: string[] = [];
let running: Promise<FastifyInstance> | null = null;

async function headOffice(): Promise<FastifyInstance> {
  const opened = await openHeadOffice({
    database: { kind: "sqlite", path: join(scratch(), "office.db") },
    log: ({ event, ...facts }) => {
      if (event === "internal-error") problems.push(JSON.stringify(facts));
    },
  });
  assert(opened.ok, "a head office over a new database");
  return opened.value.app;
}

const methods = ["GET", "POST", "PUT", "DELETE"] as const;
const seeds = [
  "GET /v1/feed/catalog?after=0&limit=10\nsignature-input: tillway=()\nsignature: tillway=:AAAA:\n",
  "GET /v1/terminals/BJ01-T01/positions\n",
  `POST /v1/enrolments\ncontent-type: application/json\n\n${JSON.stringify(requestSamples[2]?.value)}`,
  'POST /api/session\ncontent-type: application/json\nx-tillway-office: 1\n\n{"name":"admin","password":"x"}',
  "GET /api/shops/BJ01/items?text=a&after=b\ncookie: session=abc; x=%ff\n",
  "GET /assets/../../etc/passwd\nhost: a\n",
  "GET /health\n",
];

/** A request line, headers and a body, on the whole service: whatever comes, it is answered, and never by an error of ours. */
export const officeHttp: FuzzParser = {
  name: "office-http",
  reads: "whole requests to head office: path, query, headers, cookies, body (headoffice)",
  seeds: () => seeds.map((text) => Buffer.from(text)),
  words: [
    "%",
    "%00",
    "..",
    "?",
    "&",
    "=",
    "cookie: ",
    "content-encoding: gzip\n",
    "content-type: text/plain\n",
    "/v1/",
    "/api/",
    "BJ01",
    "\n\n",
  ],
  twentieths: 4,
  async read(input) {
    const text = Buffer.from(input).toString("latin1");
    const bodyAt = text.indexOf("\n\n");
    const [line = "", ...lines] = (bodyAt < 0 ? text : text.slice(0, bodyAt)).split("\n");
    const [method = "", path = "/"] = line.split(" ");
    const asked = methods.find((one) => one === method) ?? "GET";
    const headers: Record<string, string> = {};
    for (const header of lines) {
      const at = header.indexOf(": ");
      // What HTTP itself would not let through is for Node to refuse.
      if (at > 0 && /^[\w-]+$/.test(header.slice(0, at)))
        headers[header.slice(0, at)] = header.slice(at + 2).replace(/[^\x20-\x7e\xa0-\xff]/g, "");
    }
    delete headers["content-length"];
    delete headers["expect"];
    problems.length = 0;
    running ??= headOffice();
    const answer = await (
      await running
    ).inject({
      method: asked,
      url: path.replace(/[^!-~]/g, "") || "/",
      headers,
      ...(bodyAt < 0 || asked === "GET" ? {} : { payload: Buffer.from(input.subarray(bodyAt + 2)) }),
    });
    assert(answer.statusCode !== 500 && problems.length === 0, `no error of head office's own: ${problems.join(" ")}`);
    return { isTaken: answer.statusCode < 500, told: answer.statusCode };
  },
};
