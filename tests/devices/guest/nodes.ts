import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

/** Where the till's side of the gadget's functions stands now; the numbers differ with what else the machine has. */

export function keyboardNode(): string | undefined {
  const name = list("/sys/class/input").find(
    (entry) => entry.startsWith("event") && isGadget(`/sys/class/input/${entry}/device/id/vendor`),
  );
  return name === undefined ? undefined : there(`/dev/input/${name}`);
}

/** @param firstItem of its report descriptor: 8c for the scanner, 01 for the keyboard */
export function hidNode(firstItem: number): string | undefined {
  const name = list("/sys/class/hidraw").find(
    (entry) => readFileSync(`/sys/class/hidraw/${entry}/device/report_descriptor`)[1] === firstItem,
  );
  return name === undefined ? undefined : there(`/dev/${name}`);
}

function isGadget(path: string): boolean {
  return existsSync(path) && readFileSync(path, "utf8").trim() === "04b8";
}

function there(path: string): string | undefined {
  return existsSync(path) ? path : undefined;
}

function list(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

/** Another program that reads the same keyboard, as a window system or an input method would. */
export class OtherReader {
  readonly #child: ChildProcess;
  #byteCount = 0;

  constructor(path: string) {
    this.#child = spawn("cat", [path], { stdio: ["ignore", "pipe", "ignore"] });
    this.#child.stdout?.on("data", (bytes: Buffer) => (this.#byteCount += bytes.length));
  }

  byteCount(): number {
    return this.#byteCount;
  }

  end(): void {
    this.#child.kill("SIGKILL");
  }
}
