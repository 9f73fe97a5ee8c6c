import type { ScaleModel } from "#contract/bench/scale.ts";

/** What a scale knows of its tray at one moment. Grams are net. */
export interface TrayMoment {
  readonly is: "stable" | "moving" | "over" | "under";
  readonly grams: number;
  readonly isNet: boolean;
}

const STX = 0x02;
const CR = 0x0d;

/** What a scale that sends by itself says of this moment. */
export function streamedFrame(model: Exclude<ScaleModel, "toledo-8217">, moment: TrayMoment): Buffer {
  switch (model) {
    case "cas-22": {
      // ST|US|OL , GS|NT , device id, lamp byte , eight characters of weight, blank, unit. "Under" is unstable here.
      const head = moment.is === "over" ? "OL" : moment.is === "stable" ? "ST" : "US";
      const lamp = moment.is === "stable" ? 0xc0 : 0x80;
      return Buffer.concat([
        Buffer.from(`${head},${moment.isNet ? "NT" : "GS"},`, "latin1"),
        Buffer.from([0x31, lamp]),
        Buffer.from(`,${inKilograms(moment.grams).padStart(8)} kg\r\n`, "latin1"),
      ]);
    }
    case "cas-10":
      return Buffer.from(`${inKilograms(moment.is === "over" ? 99_999 : moment.grams).padStart(8)}\r\n`, "latin1");
    case "and-18": {
      const head = moment.is === "over" ? "OL" : moment.is === "stable" ? "ST" : "US";
      const sign = moment.grams < 0 ? "-" : "+";
      const digits = inKilograms(Math.abs(moment.grams)).padStart(8, "0");
      return Buffer.from(`${head},${sign}${digits}  kg\r\n`, "latin1");
    }
  }
}

/** A Toledo 8217's answer to `W`: the weight where it stands still, else a status byte. */
export function toledoWeight(moment: TrayMoment): Buffer {
  if (moment.is === "stable" && moment.grams >= 0) {
    const digits = inKilograms(moment.grams).padStart(6, "0");
    return Buffer.from([STX, ...Buffer.from(` ${digits}${moment.isNet ? "N" : ""}`, "latin1"), CR]);
  }
  return toledoStatus({
    motion: moment.is === "moving",
    over: moment.is === "over",
    under: moment.is === "under" || moment.grams < 0,
    net: moment.isNet,
  });
}

/** `02 ? S 0D`, bit by bit. */
export function toledoStatus(bits: {
  readonly motion?: boolean;
  readonly over?: boolean;
  readonly under?: boolean;
  readonly net?: boolean;
  readonly badCommand?: boolean;
}): Buffer {
  let status = 0;
  if (bits.motion === true) status += 1;
  if (bits.over === true) status += 2;
  if (bits.under === true) status += 4;
  if (bits.net === true) status += 32;
  if (bits.badCommand === true) status += 64;
  return Buffer.from([STX, "?".charCodeAt(0), status, CR]);
}

/** 845 g are "0.845"; the minus sign stands before the digits. */
function inKilograms(grams: number): string {
  const digits = String(Math.abs(grams)).padStart(4, "0");
  return `${grams < 0 ? "-" : ""}${digits.slice(0, -3)}.${digits.slice(-3)}`;
}
