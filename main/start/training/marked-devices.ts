import type { PrintLine } from "#core/receipt/document.ts";
import type { Devices } from "#main/till/ports/devices.ts";

/** In both languages: whoever finds the paper may read either. */
const words = ["培训 不作凭证", "TRAINING"] as const;
const marks: readonly PrintLine[] = words.map((text) => ({
  kind: "text",
  text,
  align: "center",
  style: { bold: true, widthTimes: 2, heightTimes: 2 },
}));

/**
 * The devices of a training: whatever is printed says so, large, at both ends, also where its words did not know; and the
 * drawer stays shut whoever asks.
 */
export function markedDevices<D extends Devices>(devices: D): D {
  return new Proxy(devices, {
    get(target, name) {
      if (name === "print") return printMarked(target);
      if (name === "kickDrawer") return () => Promise.resolve("no-drawer");
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

function printMarked(devices: Devices): Devices["print"] {
  return (jobId, lines, onProgress) => devices.print(jobId, marked(lines), onProgress);
}

/** The words at the top and at the bottom, once each. */
export function marked(lines: readonly PrintLine[]): readonly PrintLine[] {
  const isMark = (line: PrintLine | undefined): boolean =>
    line?.kind === "text" && words.some((word) => line.text.includes(word));
  return [...(isMark(lines[0]) ? [] : marks), ...lines, ...(isMark(lines.at(-1)) ? [] : marks)];
}
