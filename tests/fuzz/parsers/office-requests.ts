import { gzipSync } from "node:zlib";
import { faultSchema } from "#contract/wire/fault.ts";
import { assert } from "#core/result.ts";
import { readUpload } from "#headoffice/journal/read-upload.ts";
import { readBodyAtOnce } from "#headoffice/service/read-body.ts";
import type { FuzzParser } from "../parser.ts";
import { requestSamples } from "./wire-samples.ts";

const packed = 0x80;

/** First byte: which question, its highest bit packed. */
export const officeRequests: FuzzParser = {
  name: "office-requests",
  reads: "bodies of tills and relays, packed or not, and the chain of an upload (headoffice/service, journal)",
  seeds: () => [
    ...requestSamples.map(({ value }, at) => Buffer.from([at, ...Buffer.from(JSON.stringify(value))])),
    ...requestSamples.map(({ value }, at) => Buffer.from([at | packed, ...gzipSync(JSON.stringify(value))])),
  ],
  words: ["__proto__", "\\ud800", "\\u0000", '"seq":', "1e999", "sale-completed"],
  jsonFrom: 1,
  mostBytes: 16_384,
  read(input) {
    const [first = 0] = input;
    const which = (first & ~packed) % requestSamples.length;
    const asked = requestSamples[which];
    assert(asked !== undefined, "one of the questions");
    const body = input.subarray(1);
    const encoding = (first & packed) === 0 ? undefined : "gzip";
    const read = readBodyAtOnce(asked.schema, body, encoding);
    const upload = which === 0 ? readUpload({ terminalId: "T01", body, contentEncoding: encoding }) : null;
    for (const one of [read, upload])
      if (one !== null && !one.ok) assert(faultSchema.safeParse(one.fault).success, "a fault of the wire");
    return { isTaken: read.ok, told: { read, upload } };
  },
};
