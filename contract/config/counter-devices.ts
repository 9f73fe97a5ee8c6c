import { z } from "zod";

/** Scale and pole display in the `devices` section of terminal.json; the transports are those of devices.ts. */

const scaleLine = z.strictObject({
  pattern: z
    .string()
    .max(40)
    .regex(/^[\x20-\x56\x58-\x7e]*W{2,12}[\x20-\x56\x58-\x7e]*$/)
    .describe("A letter a byte: W weight, U unit, S status, * anything; all else stands for itself"),
  stable: z.string().min(1).max(4).default("ST").describe("What S says of a weight that stands still"),
  over: z.string().min(1).max(4).default("OL").describe("What S says of too much on the tray"),
  end: z.enum(["crlf", "cr", "lf"]).default("crlf").describe("What ends a line"),
  pollHex: z
    .string()
    .regex(/^(?:[0-9A-F]{2}){0,8}$/)
    .default("")
    .describe("Bytes that ask for a weight, in hexadecimal; empty: it sends by itself"),
});

export function scaleSchema<Transport extends z.ZodType>(transport: Transport) {
  return z
    .strictObject({
      id: z.string().min(1).max(32).describe("Name of this scale in messages and logs"),
      transport,
      protocol: z
        .enum(["toledo-8217", "cas-22", "cas-10", "and-18", "generic-line"])
        .describe("What it speaks; docs/DEVICES.md says which scales speak what"),
      unit: z.enum(["kg", "g", "lb", "oz"]).default("kg").describe("Of a scale whose bytes do not say it"),
      maxGrams: z.int().min(1).max(999_999).default(15_000).describe("Its capacity; anything above is refused"),
      minGrams: z.int().min(1).max(1_000).default(1).describe("Less is not sold by it: 20 divisions in most countries"),
      divisionGrams: z.int().min(1).max(1_000).optional().describe("Its division; other weights are noise"),
      line: scaleLine.optional().describe("How a line of a generic-line scale is written"),
    })
    .refine((scale) => (scale.protocol === "generic-line") === (scale.line !== undefined), {
      message: "generic-line needs `line`, and nothing else may have it",
      path: ["line"],
    });
}

export function oldTillSchema<Transport extends z.ZodType>(transport: Transport) {
  return z.strictObject({
    id: z.string().min(1).max(32).describe("Name of the old till in messages and logs"),
    transport,
  });
}

export function poleDisplaySchema<Transport extends z.ZodType>(transport: Transport) {
  return z.strictObject({
    id: z.string().min(1).max(32).describe("Name of this pole display in messages and logs"),
    transport,
    protocol: z
      .enum(["cd5220", "led8"])
      .describe("cd5220: two rows of 20 characters; led8: eight digits and four lamps"),
    chinese: z.enum(["none", "gb18030"]).default("none").describe("gb18030 only where its firmware has it (cd5220)"),
  });
}
